using System.Text.Json;
using ChatOps.Identity;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Discord;

/// <summary>The application commands: registered when they change, read back to chat lines, completed while they are typed.</summary>
internal sealed partial class DiscordCommands(IChannelCommands commands, DiscordOptions options, DiscordRest rest, IChannelState state, TimeProvider time, ILogger<DiscordCommands> logger)
{
    private const string StateKey = "commands";

    // Raised when the same tree is laid out another way.
    private const string Layout = "2";
    private const int MaxChoices = 25;
    private const int MaxChoiceLength = 100;
    private static readonly TimeSpan CompletionLimit = TimeSpan.FromSeconds(1.5);

    private readonly Lock gate = new();
    private (string Fingerprint, CommandMap Map)? current;

    private CommandMap Map
    {
        get
        {
            var fingerprint = commands.Fingerprint;
            lock (gate)
            {
                if (current is not { } c || c.Fingerprint != fingerprint) current = (fingerprint, CommandMap.Of(commands.All));
                return current.Value.Map;
            }
        }
    }

    /// <summary>Registers the commands when they are not registered yet as they are.</summary>
    /// <returns>Null when they are, else why not.</returns>
    public async Task<RestReply?> RegisterAsync(string application, CancellationToken cancellationToken)
    {
        var scope = options.GuildId.Length > 0 ? options.GuildId : "global";
        var wanted = $"{application}/{scope}/{Layout}/{commands.Fingerprint}";
        var registered = await state.GetAsync(DiscordChannel.ChannelName, StateKey, cancellationToken);
        if (registered == wanted) return null;
        if (registered?.Split('/') is [var oldApplication, var oldScope, ..] && oldApplication == application && oldScope != scope)
        {
            // They were elsewhere before: nobody wants them twice.
            await rest.SetCommandsAsync(application, oldScope == "global" ? null : oldScope, [], cancellationToken);
        }

        var reply = await rest.SetCommandsAsync(application, scope == "global" ? null : scope, [Map.Root], cancellationToken);
        if (!reply.IsOk) return reply;
        await state.SetAsync(DiscordChannel.ChannelName, StateKey, wanted, null, cancellationToken);
        LogRegistered(scope);
        return null;
    }

    /// <summary>The chat line of a used command, or why there is none.</summary>
    public (string? Line, string? Problem) Line(InteractionData data)
    {
        if (Read(data) is not ({ } words, var given)) return (null, "This command has changed since. Close the chat box, open it again and pick the command anew.");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in given)
        {
            if (Text(option.Value) is { } value) values[option.Name] = value;
        }

        try
        {
            return (commands.Line(words, values), null);
        }
        catch (ArgumentException)
        {
            return (null, "This command has changed since. Close the chat box, open it again and pick the command anew.");
        }
    }

    /// <summary>What could stand in the option that is being typed.</summary>
    public async Task<InteractionOutcome> CompleteAsync(InteractionData data, Actor actor, CancellationToken cancellationToken)
    {
        var choices = new List<CommandChoice>();
        if (Read(data) is ({ } words, var given) && given.FirstOrDefault(o => o.Focused == true) is { } focused)
        {
            var typed = Text(focused.Value) ?? "";
            using var limit = new CancellationTokenSource(CompletionLimit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                foreach (var item in await commands.CompleteAsync(actor, words, focused.Name, typed, either.Token))
                {
                    var start = Math.Clamp(item.Start, 0, typed.Length);
                    var end = Math.Clamp(start + item.Length, start, typed.Length);
                    var value = string.Concat(typed.AsSpan(0, start), item.Insert, typed.AsSpan(end)).Trim();
                    if (value.Length is > 0 and <= MaxChoiceLength && choices.Count < MaxChoices && choices.All(c => c.Value != value))
                        choices.Add(new CommandChoice(DiscordOutbound.Cut(value, MaxChoiceLength), value));
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Too slow to be of use.
            }
        }

        return new InteractionOutcome(new InteractionAnswer(InteractionKind.Choices, new InteractionAnswerData(Choices: choices)));
    }

    private (IReadOnlyList<string>? Words, IReadOnlyList<InteractionOption> Options) Read(InteractionData data)
    {
        if (data.Name != CommandMap.RootName) return (null, []);
        var path = new List<string>();
        var options = data.Options ?? [];
        while (options is [{ Type: CommandMap.Subcommand or CommandMap.SubcommandGroup } next] && path.Count < 2)
        {
            path.Add(next.Name);
            options = next.Options ?? [];
        }

        return (Map.Words(path), options);
    }

    private static string? Text(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => DiscordJson.TryRead<string>(text),
        { ValueKind: JsonValueKind.True } => "true",
        { ValueKind: JsonValueKind.False } => "false",
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    [LoggerMessage(3421, LogLevel.Information, "Discord's commands are registered ({Scope}).")]
    private partial void LogRegistered(string scope);
}

using System.Collections.Concurrent;
using ChatOps.Agent.Models;
using Microsoft.Extensions.AI;

namespace ChatOps.Tests.Agent.Fakes;

/// <summary>A model that obeys a script: what it says depends on what it was asked. It outlives the services of a test.</summary>
internal sealed class ScriptedModels : IModels
{
    public delegate Task<ChatMessage> Script(ModelRequest request, Action<string> say, CancellationToken stopped);

    private readonly Script script;

    /// <summary>Says these messages one after the other, by how many it sees of its own in the turn.</summary>
    public ScriptedModels(params ChatMessage[] messages) => script = (request, say, _) =>
    {
        var last = request.Messages.ToList().FindLastIndex(m => m.Role == ChatRole.User);
        var said = request.Messages.Skip(last + 1).Count(m => m.Role == ChatRole.Assistant);
        var message = messages[Math.Min(said, messages.Length - 1)];
        if (message.Text.Length > 0) say(message.Text);
        return Task.FromResult(message);
    };

    public ScriptedModels(Script script) => this.script = script;

    /// <summary>Everything that was asked.</summary>
    public ConcurrentQueue<ModelRequest> Asked { get; } = new();

    public bool Any => true;

    public IReadOnlyList<string> Names => ["scripted"];

    /// <summary>A message with calls.</summary>
    public static ChatMessage Calls(string text, params (string Tool, object Arguments)[] calls) => new(
        ChatRole.Assistant,
        [
            .. text.Length == 0 ? Array.Empty<AIContent>() : [new TextContent(text)],
            .. calls.Select((c, i) => new FunctionCallContent($"c{i}", c.Tool, Arguments(c.Arguments))),
        ]);

    /// <summary>An answer.</summary>
    public static ChatMessage Says(string text) => new(ChatRole.Assistant, text);

    /// <summary>The results that a request carries, newest last.</summary>
    public static IReadOnlyList<string> Results(ModelRequest request) =>
        [.. request.Messages.SelectMany(m => m.Contents.OfType<FunctionResultContent>()).Select(r => r.Result!.ToString()!)];

    public async Task<ModelStep> StepAsync(ModelRequest request, Action<string> onText, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Asked.Enqueue(request);
        var message = await script(request, onText, cancellationToken);
        return new ModelStep(message, 100, 10, "scripted-1", "scripted", ChatFinishReason.Stop);
    }

    public ModelLimits LimitsOf(string? model) => new(100_000, 4_000);

    private static Dictionary<string, object?> Arguments(object arguments) =>
        arguments as Dictionary<string, object?> ?? arguments.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(arguments));
}

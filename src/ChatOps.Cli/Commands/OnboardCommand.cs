using System.CommandLine;
using System.Text.Json;
using ChatOps.Channels;
using ChatOps.Cli.Client;
using ChatOps.Cli.Onboarding;
using ChatOps.Configuration;
using ChatOps.Host;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops onboard</c>: from nothing to a working configuration, with the least that can be asked; every credential is tried against its service before it is kept.</summary>
internal static class OnboardCommand
{
    private const string ConsoleOnly = "console";

    /// <summary>Makes the command.</summary>
    public static Command Create(CliContext context)
    {
        var yes = new Option<bool>("--yes") { Description = "Ask nothing: take what is configured (files, environment), check it, and say what is missing." };
        var preset = new Option<string?>("--preset") { HelpName = "NAME", Description = $"What to set up: {ConsoleOnly} (the web console alone), telegram, slack, discord, {ModelOnboarding.Preset}, or several separated by commas." };
        preset.CompletionSources.Add(_ => [ConsoleOnly, "telegram", "slack", "discord", ModelOnboarding.Preset]);
        var command = new Command("onboard", "Set up the channels and the model: asks for tokens and keys, tries them against the service, writes the configuration.") { yes, preset };
        command.SetAction((result, cancellationToken) => RunAsync(context, context.Global(result), result.GetValue(yes), result.GetValue(preset), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, GlobalValues global, bool yes, string? preset, CancellationToken cancellationToken)
    {
        if (global.Gateway is not null) throw new CliFailureException(ExitCodes.Usage, "usage", "onboard configures this machine's installation; it cannot configure another one with --gateway.");
        var (settings, _, data) = CliSettings.Load(global);
        using var setups = new ChannelSetups(settings);
        var questions = yes ? null : new Questions(context.Streams);
        var chosen = Choose(setups.All, preset, settings, questions);
        var file = new OwnSettingsFile(data);
        var done = new List<string>();
        var failed = new List<string>();
        foreach (var setup in chosen)
        {
            questions?.Say($"{Environment.NewLine}{setup.Title}");
            var works = await new ChannelOnboarding(setup, setups.Values(setup), questions, context.Say).RunAsync(file, cancellationToken);
            (works ? done : failed).Add(setup.Title);
        }

        var model = new ModelOnboarding(settings.Options.Models, questions, context.Say);
        if (WantsModel(model, preset, questions))
        {
            questions?.Say($"{Environment.NewLine}{ModelOnboarding.Title}");
            (await model.RunAsync(file, cancellationToken) ? done : failed).Add(ModelOnboarding.Title);
        }

        Save(file);
        await ReportAsync(context, global, data, file, done, failed, cancellationToken);
        return failed.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static IReadOnlyList<IChannelSetup> Choose(IReadOnlyList<IChannelSetup> all, string? preset, LoadedSettings settings, Questions? questions)
    {
        if (preset is not null) return [.. preset.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(n => n is not (ConsoleOnly or ModelOnboarding.Preset)).Select(Named)];
        if (questions is null) return [.. all.Where(s => settings.Effective.Any(e => e.Setting.Key == $"Channels:{s.Title}:Enabled" && e.Value == "true"))];
        questions.Say("The web console needs no set-up. A channel that you do not want now can be added later with the same command.");
        return [.. all.Where(s => questions.Confirm($"Set up {s.Title}?", otherwise: false))];

        IChannelSetup Named(string name)
        {
            if (all.FirstOrDefault(s => s.Name == name) is { } setup) return setup;
            var near = NearestName.Of(name, all.Select(s => s.Name).Append(ConsoleOnly).Append(ModelOnboarding.Preset));
            throw new CliFailureException(ExitCodes.Usage, "usage", $"--preset: there is no '{name}'." + (near is null ? $" There are {ConsoleOnly}, {ModelOnboarding.Preset}, {string.Join(", ", all.Select(s => s.Name))}." : $" Did you mean '{near}'?"));
        }
    }

    private static bool WantsModel(ModelOnboarding model, string? preset, Questions? questions) =>
        preset is not null ? preset.Split(',', StringSplitOptions.TrimEntries).Contains(ModelOnboarding.Preset)
        : questions is null ? model.IsConfigured
        : questions.Confirm("Set up a model that answers free text? Without one everything works by command.", otherwise: false);

    private static void Save(OwnSettingsFile file)
    {
        try
        {
            file.Save();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CliFailureException(ExitCodes.Failed, "not_written", $"The configuration could not be written: {e.Message}");
        }
    }

    private static async Task ReportAsync(
        CliContext context, GlobalValues global, string data, OwnSettingsFile file, List<string> done, List<string> failed, CancellationToken cancellationToken)
    {
        var running = await GatewayFinder.RunningAsync(data, cancellationToken) is not null;
        if (global.Json)
        {
            context.Streams.Output.WriteLine(Json.Write(new { file = file.File, channels = done, failed, restart = running }));
            return;
        }

        var output = context.Streams.Output;
        output.WriteLine($"Written: {file.File}" + (done.Count > 0 ? $" ({string.Join(", ", done)}; secrets in files beside it that only you can read)" : ""));
        if (failed.Count > 0) output.WriteLine($"Not set up: {string.Join(", ", failed)}. What stands above says why; run the command again.");
        output.WriteLine(running ? "A gateway runs: stop it and start it again, so that it reads this." : "Start it: chatops gateway");
        if (done.Any(d => d != ModelOnboarding.Title)) output.WriteLine($"Then write to the bot from your own account. It answers with a code; `chatops access pair approve CODE --role admin --person {Environment.UserName}` makes that account yours.");
    }
}

using System.CommandLine;
using System.Text.Json;
using ChatOps.Cli.Terminal;
using ChatOps.Configuration;
using ChatOps.Host;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops config</c>: what is in force and where it was written. Needs no gateway.</summary>
internal static class ConfigCommands
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes the commands.</summary>
    public static Command Create(CliContext context)
    {
        var show = new Command("show", "Every setting in force, with where it was written.");
        show.SetAction(result => Show(context, context.Global(result), ""));

        var release = new Option<string?>("--for") { HelpName = "FILE|VERSION", Description = "Check them for another release before an upgrade: its appsettings.schema.json, or the number of this version." };
        var check = new Command("check", "Check all settings; every problem with its file and line.") { release };
        check.SetAction(result => result.GetValue(release) is { } other ? CheckFor(context, context.Global(result), other) : Check(context, context.Global(result)));

        var key = new Argument<string>("KEY") { Description = "A key such as Approvals:Expiry, or the start of several." };
        key.CompletionSources.Add(_ => KnownSettings.All.Select(s => s.Key));
        var explain = new Command("explain", "What a setting does, its values, its default, and what is in force.") { key };
        explain.SetAction(result => Show(context, context.Global(result), result.GetValue(key)!));

        var schema = new Command("schema", "Print the JSON schema of appsettings.json, for editors.");
        schema.SetAction(_ =>
        {
            context.Streams.Output.WriteLine(SettingsSchema.Create().ToJsonString(Indented));
            return ExitCodes.Done;
        });
        return new Command("config", "Settings: what is in force, and whether it is sound.") { show, check, explain, schema };
    }

    private static int Check(CliContext context, GlobalValues global)
    {
        try
        {
            var (settings, places, _) = CliSettings.Load(global);
            if (global.Json) context.Streams.Output.WriteLine(Json.Write(new { ok = true, problems = Array.Empty<ConfigurationProblem>() }));
            else context.Streams.Output.WriteLine($"Sound: {settings.Effective.Count} settings, {places.SettingsFile ?? "no appsettings.json (defaults)"}.");
            return ExitCodes.Done;
        }
        catch (ConfigurationProblemsException e) when (global.Json)
        {
            context.Streams.Output.WriteLine(Json.Write(new { ok = false, problems = e.Problems }));
            return ExitCodes.Usage;
        }
    }

    // The values are read, not bound: a setting that only the other release knows is no slip here.
    private static int CheckFor(CliContext context, GlobalValues global, string release)
    {
        var own = typeof(ConfigCommands).Assembly.GetName().Version!.ToString(3);
        if (release != own && !File.Exists(release))
            throw new CliFailureException(ExitCodes.Usage, "usage",
                $"--for: there is no file {release}, and this program knows the schema of its own version ({own}) alone. Give the appsettings.schema.json of that release, or what its `chatops config schema` prints.");
        var schema = release == own ? ReleaseSchema.Own() : ReleaseSchema.Read(release);
        var (files, environment, _) = SettingsLoader.Sources(GatewayPlaces.Find(AppContext.BaseDirectory, global.Workspace), global.Config, global.Data);
        var problems = new List<ConfigurationProblem>();
        List<SettingValue> written = [.. files.SelectMany(f => SettingsFile.Read(f, problems)), .. environment];
        problems.AddRange(schema.ProblemsOf(written));
        var defaults = schema.OtherDefaults(written).ToList();
        if (global.Json)
        {
            context.Streams.Output.WriteLine(Json.Write(new { ok = problems.Count == 0, problems, otherDefaults = defaults }));
            return problems.Count == 0 ? ExitCodes.Done : ExitCodes.Usage;
        }

        if (problems.Count > 0) throw new ConfigurationProblemsException(problems);
        context.Streams.Output.WriteLine($"Sound for {release}: {written.Count(v => v.Text.Length > 0)} values in {files.Count} files and the environment.");
        foreach (var change in defaults) context.Streams.Output.WriteLine($"  another default: {change}");
        return ExitCodes.Done;
    }

    private static int Show(CliContext context, GlobalValues global, string key)
    {
        var (settings, _, data) = CliSettings.Load(global);
        var chosen = settings.Effective.Where(e => key.Length == 0 || e.Setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase)
            || e.Setting.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase)).ToList();
        if (chosen.Count == 0) chosen = settings.Effective.Where(e => e.Setting.Key.EndsWith(":" + key, StringComparison.OrdinalIgnoreCase)).ToList();
        if (chosen.Count == 0)
        {
            var names = KnownSettings.All.SelectMany(s => new[] { s.Key, s.Key.Split(':')[^1], s.Key.Split(':')[0] }).Distinct();
            var near = NearestName.Of(key, names);
            throw new CliFailureException(ExitCodes.Usage, "usage", $"There is no setting '{key}'." + (near is null ? " `chatops config show` lists them all." : $" Did you mean '{near}'?"));
        }

        var defaults = new ChatOpsOptions();
        if (global.Json)
        {
            context.Streams.Output.WriteLine(Json.Write(chosen.Select(e => new
            {
                key = e.Setting.Key, value = e.Value, source = e.Source, @default = e.Setting.Read(defaults), description = e.Setting.Description,
                choices = e.Setting.Choices.Count > 0 ? e.Setting.Choices : null,
            })));
            return ExitCodes.Done;
        }

        var printer = new MessagePrinter(context.Streams);
        if (key.Length == 0)
        {
            printer.Print(new RichMessage([new TableBlock(["Key", "Value", "Source"], [.. chosen.Select(Row)]), new FieldsBlock([new("Data directory", data)])]));
            return ExitCodes.Done;
        }

        foreach (var setting in chosen)
        {
            printer.Line(setting.Setting.Key, "bold");
            printer.Line(setting.Setting.Description);
            printer.Print(new RichMessage([new FieldsBlock([.. Facts(setting, defaults)])]));
        }

        return ExitCodes.Done;
    }

    private static IReadOnlyList<string> Row(EffectiveSetting setting) => [setting.Setting.Key, setting.Value ?? "(not set)", setting.Source];

    private static IEnumerable<Field> Facts(EffectiveSetting setting, ChatOpsOptions defaults)
    {
        yield return new Field("Value", setting.Value ?? "(not set)");
        yield return new Field("Source", setting.Source);
        yield return new Field("Default", setting.Setting.Read(defaults) ?? "(not set)");
        if (setting.Setting.Choices.Count > 0) yield return new Field("Choices", string.Join(", ", setting.Setting.Choices));
        yield return new Field("Environment", SettingsEnvironment.Prefix + setting.Setting.Key.Replace(":", "__", StringComparison.Ordinal));
    }
}

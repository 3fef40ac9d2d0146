using ChatOps.Agent.Models;
using ChatOps.Diagnostics;
using ChatOps.Host;
using ChatOps.Models;

namespace ChatOps.Cli.Onboarding;

/// <summary>Sets up the model that answers free text: asks whose it is and for its key, asks the model itself for a few words, and only then keeps it.</summary>
/// <param name="configured">The models that are configured already.</param>
/// <param name="questions">Who is asked; null: nobody, and only what is configured counts.</param>
/// <param name="say">For findings.</param>
internal sealed class ModelOnboarding(ModelsOptions configured, Questions? questions, Action<string> say)
{
    /// <summary>What it is called on the command line.</summary>
    public const string Preset = "model";

    /// <summary>What it is called for people.</summary>
    public const string Title = "Model";

    private const string Entry = "Models:0:";
    private const string Name = "main";
    private const string Usual = "openai";
    private const int MaxTries = 5;

    /// <summary>Whether one is there.</summary>
    public bool IsConfigured => configured.Endpoints.Count > 0;

    /// <summary>Sets it up.</summary>
    /// <returns>Whether a model answers; when not, nothing is kept.</returns>
    public async Task<bool> RunAsync(OwnSettingsFile settings, CancellationToken cancellationToken)
    {
        if (IsConfigured)
        {
            say($"Configured already: {string.Join(", ", configured.Endpoints.Select(e => $"{e.Name} ({e.Provider}, {e.Model})"))}. Change it where it stands: chatops config explain Models:0:Model");
            return await AnswersAsync(configured, cancellationToken);
        }

        if (questions is null)
        {
            say($"{Title}: nobody is asked with --yes, and it needs {string.Join(", ", ((string[])["Name", "Provider", "Model", "ApiKey"]).Select(k => $"{SettingsEnvironment.Prefix}Models__0__{k}"))} in the environment (or Models in a settings file; docs/models.md).");
            return false;
        }

        for (var tries = 1; ; tries++)
        {
            var entry = Ask(questions);
            var options = new ModelsOptions();
            options.Endpoints.Add(entry);
            if (Problem(options) is { } problem) say($"  WRONG  {problem}");
            else if (await AnswersAsync(options, cancellationToken))
            {
                Keep(settings, entry);
                return true;
            }

            if (tries == MaxTries || !questions.Confirm("That does not work yet. Answer again?", otherwise: true)) return false;
        }
    }

    private static ModelOptions Ask(Questions questions)
    {
        questions.Say($"Providers: {string.Join(", ", ModelsOptions.Providers)}. Any other server with OpenAI's protocol: openai with its address.");
        var provider = questions.Ask($"Provider [{Usual}]:", secret: false);
        var address = questions.Ask("Address (empty: the provider's own):", secret: false);
        var model = questions.Ask("Model, as the provider names it (for Azure the deployment):", secret: false);
        var key = questions.Ask("Key (empty: none is needed):", secret: true);
        return new ModelOptions
        {
            Name = Name, Provider = provider.Length == 0 ? Usual : provider, Model = model, BaseUrl = address.Length == 0 ? null : address, ApiKey = key.Length == 0 ? null : key,
        };
    }

    private static string? Problem(ModelsOptions options) =>
        options.Problems() is [{ } first, ..] ? $"{first.Key[Entry.Length..]}: {first.Reason}{(first.Nearest is { } near ? $" Did you mean '{near}'?" : "")}" : null;

    private async Task<bool> AnswersAsync(ModelsOptions options, CancellationToken cancellationToken)
    {
        say("Asking it for a few words …");
        var finding = await ModelSetup.AskAsync(options, cancellationToken);
        say(Line(finding));
        return finding.State != PartState.Failed;
    }

    private static void Keep(OwnSettingsFile settings, ModelOptions entry)
    {
        settings.Set(Entry + "Name", entry.Name);
        settings.Set(Entry + "Provider", entry.Provider);
        settings.Set(Entry + "Model", entry.Model);
        if (entry.BaseUrl is { } address) settings.Set(Entry + "BaseUrl", address);
        if (entry.ApiKey is { } key) settings.SetSecret(Entry + "ApiKey", key);
    }

    private static string Line(ModelFinding finding)
    {
        var mark = finding.State switch { PartState.Ok => "ok", PartState.Degraded => "look", _ => "WRONG" };
        return $"  {mark,-6} {finding.Text}" + (finding.Remedy.Length == 0 ? "" : $"{Environment.NewLine}         → {finding.Remedy}");
    }
}

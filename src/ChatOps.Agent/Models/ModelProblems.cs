using ChatOps.Agent.Models.Costs;
using ChatOps.Agent.Models.Providers;
using ChatOps.Configuration;

namespace ChatOps.Agent.Models;

/// <summary>Finds everything that is wrong with the models' options before anything starts.</summary>
internal static class ModelProblems
{
    private const int MaxName = 64;
    private static readonly (decimal Min, decimal Max) TemperatureRange = (0, 2);

    /// <summary>All of it.</summary>
    public static IReadOnlyList<ConfigurationProblem> Of(ModelsOptions options)
    {
        var problems = new List<ConfigurationProblem>();
        if (options.Endpoints.Count > ModelsOptions.MaxEndpoints) Add("Models", $"has {options.Endpoints.Count} entries; the limit is {ModelsOptions.MaxEndpoints}.");
        for (var i = 0; i < options.Endpoints.Count; i++)
        {
            var prefix = $"Models:{i}:";
            CheckEntry(options.Endpoints[i], (key, reason, nearest) => Add(prefix + key, reason, nearest));
        }

        var names = options.Endpoints.Select(e => e.Name).Distinct(StringComparer.Ordinal).ToList();
        if (options.Default is { } model) CheckKnown("Agent:Model", model);
        foreach (var fallback in options.Fallbacks) CheckKnown("Agent:FallbackModels", fallback);
        CheckPrices(options, Add);
        return problems;

        void Add(string key, string reason, string? nearest = null) => problems.Add(new("configuration", 0, key, reason, nearest));

        void CheckKnown(string key, string name)
        {
            if (names.Contains(name, StringComparer.Ordinal)) return;
            Add(key, names.Count == 0 ? $"'{name}' is no model; Models has no entries." : $"'{name}' is no name in Models; there is {string.Join(", ", names)}.", NearestName.Of(name, names));
        }
    }

    private static void CheckEntry(ModelOptions entry, Action<string, string, string?> add)
    {
        if (entry.Name.Length is 0 or > MaxName || !entry.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/'))
            add("Name", entry.Name.Length == 0 ? "give the model a name, such as main." : $"is up to {MaxName} letters, digits, dashes, dots, colons, slashes and underscores.", null);
        if (entry.Model.Length == 0) add("Model", "name the model as its provider does, for Azure the deployment.", null);
        if (entry.MaxTokens < ModelOptions.MaxTokensRange.Min || entry.MaxTokens > ModelOptions.MaxTokensRange.Max)
            add("MaxTokens", $"is {ModelOptions.MaxTokensRange.Min} to {ModelOptions.MaxTokensRange.Max}.", null);
        if (entry.Temperature < TemperatureRange.Min || entry.Temperature > TemperatureRange.Max) add("Temperature", "is 0 to 2.", null);
        if (entry.ContextTokens is { } window && entry.MaxTokens >= window) add("MaxTokens", $"is {entry.MaxTokens}, but the whole window (ContextTokens) has {window} tokens.", null);
        if (entry.FirstTokenTimeout > entry.Timeout) add("FirstTokenTimeout", "is longer than Timeout.", null);
        if (ModelPresets.Find(entry.Provider) is { } preset) CheckAddress(entry, preset, add);
        else if (entry.Provider.Length == 0) add("Provider", $"name the provider: {string.Join(", ", ModelPresets.Names)}; or any of them with a BaseUrl.", null);
        else add("Provider", $"'{entry.Provider}' is not known. Any server with OpenAI's protocol works as 'openai' with its BaseUrl; known are {string.Join(", ", ModelPresets.Names)}.", NearestName.Of(entry.Provider, ModelPresets.Names));
    }

    private static void CheckAddress(ModelOptions entry, ModelPreset preset, Action<string, string, string?> add)
    {
        var hasKey = !string.IsNullOrEmpty(entry.ApiKey);
        if (!hasKey && preset.NeedsKey && entry.BaseUrl is null) add("ApiKey", $"set it to a reference to the key, such as ${{env:{preset.KeyVariable}}}.", null);
        if (entry.BaseUrl is null)
        {
            if (preset.BaseUrl is null) add("BaseUrl", $"{preset.Title} has no address of its own; set the root of the service, such as {preset.Example}.", null);
            return;
        }

        if (!Uri.TryCreate(entry.BaseUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
            add("BaseUrl", $"is a root address such as {preset.Example}, without a question mark and without a name and password.", null);
        else if (address.Scheme == "http" && !address.IsLoopback && (hasKey || preset.Keys == KeyStyle.AzureKey))
            add("BaseUrl", "the key would travel unencrypted; use https, or a server on this machine.", null);
    }

    // With a budget everything must have a price: what costs nobody knows how much cannot be held to a limit.
    private static void CheckPrices(ModelsOptions options, Action<string, string, string?> add)
    {
        // Most have neither a file nor a budget, and every command reads the settings.
        if (options.PricesFile is null && options.Endpoints.Count == 0 && !options.Budgets.Any) return;
        var (prices, problem) = PriceList.Load(options.PricesFile);
        if (problem is not null) add("Agent:PricesFile", problem, null);
        for (var i = 0; i < options.Endpoints.Count; i++)
        {
            var entry = options.Endpoints[i];
            if (entry.Prices.Input is null != entry.Prices.Output is null) add($"Models:{i}:Prices", "set both Input and Output.", null);
            else if (options.Budgets.Any && prices.Of(entry) is null)
                add($"Models:{i}:Prices", $"no price is known for '{entry.Model}', and Agent:Budgets needs one: set Input and Output (0 for a model that costs nothing).", null);
        }

        if (options.Budgets is { Any: true } && options.Endpoints.Count == 0) add("Agent:Budgets", "there is no model in Models that could cost anything.", null);
    }
}

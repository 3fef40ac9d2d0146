using System.Globalization;
using ChatOps.Agent;
using ChatOps.Agent.Models;
using ChatOps.Limits;

namespace ChatOps.Host;

/// <summary>The settings of models: <c>Models:#:…</c>, where # is the entry's number from 0, and what belongs to them in <c>Agent</c>.</summary>
internal static class ModelSettings
{
    /// <summary>The list.</summary>
    public const string List = "Models";

    private const string Entry = List + ":#:";

    private static readonly ModelOptions Default = new();
    private static readonly string TooMany = $"there may be {ModelsOptions.MaxEndpoints} entries, numbered from 0.";

    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        OfEntry("Name", m => SettingForms.Text(Entry + "Name", "What the model is called here. Entries with the same name are one model on several endpoints, in balance.",
            NotEmpty, (_, v) => m.Name = v, _ => null)),
        OfEntry("Provider", m => SettingForms.Choice(Entry + "Provider", "Whose it is. Any other server with OpenAI's protocol: openai with its BaseUrl.",
            [.. ModelsOptions.Providers], [], (_, v) => m.Provider = v, _ => null)),
        OfEntry("Model", m => SettingForms.Text(Entry + "Model", "The model as its provider names it; for Azure the deployment.", NotEmpty, (_, v) => m.Model = v, _ => null)),
        OfEntry("BaseUrl", m => SettingForms.Text(Entry + "BaseUrl", "The root of the service, before /chat/completions (for anthropic before /v1/messages). Default: the provider's own.",
            NotEmpty, (_, v) => m.BaseUrl = v, _ => null)),
        OfEntry("ApiKey", m => SettingForms.Secret(Entry + "ApiKey", "The key, as a reference: ${env:OPENAI_API_KEY} or ${file:/etc/chatops/model-key}. It is read anew for each request.",
            (_, v) => m.ApiKey = v, _ => null)),
        OfEntry("MaxTokens", m => SettingForms.Number(Entry + "MaxTokens", "The most tokens of one answer: 16 to 200000.",
            ModelOptions.MaxTokensRange.Min, ModelOptions.MaxTokensRange.Max, (_, v) => m.MaxTokens = v, _ => Default.MaxTokens)),
        OfEntry("Temperature", m => SettingForms.Decimal(Entry + "Temperature", "How free it is with words: 0 to 2. Default: the provider's own.", 0, 2, (_, v) => m.Temperature = v, _ => null)),
        OfEntry("ContextTokens", m => SettingForms.Number(Entry + "ContextTokens", "The size of the model's window in tokens, the answer included: 2048 to 10000000. Default: the provider's usual one.",
            ModelOptions.ContextTokensRange.Min, ModelOptions.ContextTokensRange.Max, (_, v) => m.ContextTokens = v, _ => 0)),
        OfEntry("Timeout", m => SettingForms.Duration(Entry + "Timeout", "How long one answer may take: 1s to 1h.",
            ModelOptions.TimeoutRange.Min, ModelOptions.TimeoutRange.Max, (_, v) => m.Timeout = v, _ => Default.Timeout)),
        OfEntry("FirstTokenTimeout", m => SettingForms.Duration(Entry + "FirstTokenTimeout", "How long the first word may take, and every next one: 1s to 1h, at most Timeout.",
            ModelOptions.TimeoutRange.Min, ModelOptions.TimeoutRange.Max, (_, v) => m.FirstTokenTimeout = v, _ => Default.FirstTokenTimeout)),
        OfEntry("ConnectTimeout", m => SettingForms.Duration(Entry + "ConnectTimeout", "How long connecting may take: 1s to 1h.",
            ModelOptions.TimeoutRange.Min, ModelOptions.TimeoutRange.Max, (_, v) => m.ConnectTimeout = v, _ => Default.ConnectTimeout)),
        OfEntry("MaxParallel", m => SettingForms.Number(Entry + "MaxParallel", "How many requests may be under way to this endpoint at once: 1 to 1024. More wait.",
            ModelOptions.MaxParallelRange.Min, ModelOptions.MaxParallelRange.Max, (_, v) => m.MaxParallel = v, _ => Default.MaxParallel)),
        OfEntry("Attempts", m => SettingForms.Number(Entry + "Attempts", "How often one step is tried on this model in all: 1 to 10.",
            ModelOptions.AttemptsRange.Min, ModelOptions.AttemptsRange.Max, (_, v) => m.Attempts = v, _ => Default.Attempts)),
        OfEntry("Streaming", m => SettingForms.Flag(Entry + "Streaming", "Whether the answer comes piece by piece. Off for servers that cannot.", (_, v) => m.Streaming = v, _ => Default.Streaming)),
        OfEntry("Prices:Input", m => SettingForms.Decimal(Entry + "Prices:Input", "US dollars for a million tokens that are read. Default: the shipped price list.", 0, MaxPrice, (_, v) => m.Prices.Input = v, _ => null)),
        OfEntry("Prices:CachedInput", m => SettingForms.Decimal(Entry + "Prices:CachedInput", "US dollars for a million tokens that are read from the provider's cache. Default: as Input.", 0, MaxPrice, (_, v) => m.Prices.CachedInput = v, _ => null)),
        OfEntry("Prices:Output", m => SettingForms.Decimal(Entry + "Prices:Output", "US dollars for a million tokens that are written. Default: the shipped price list.", 0, MaxPrice, (_, v) => m.Prices.Output = v, _ => null)),
        SettingForms.Text("Agent:Model", "The model that answers free text, by its name in Models. Default: the first.", NotEmpty, (o, v) => o.Models.Default = v, o => o.Models.Default),
        SettingForms.Number("Agent:MaxSteps", "How many steps of a model one turn may have: 1 to 200. Then it ends and says so.",
            AgentOptions.MaxStepsRange.Min, AgentOptions.MaxStepsRange.Max, (o, v) => o.Agent.MaxSteps = v, o => o.Agent.MaxSteps),
        SettingForms.Number("Agent:MessagesPerMinute", "How many messages of one person each gateway answers in a minute: 1 to 1000000. Over it they are told, and nothing runs for 30 s but what stops, halts or decides.",
            PersonalLimits.Range.Min, PersonalLimits.Range.Max, (o, v) => o.Agent.MessagesPerMinute = v, o => o.Agent.MessagesPerMinute),
        SettingForms.Number("Agent:MessagesPerMinuteInAll", "The same for all people together: 1 to 1000000.",
            PersonalLimits.Range.Min, PersonalLimits.Range.Max, (o, v) => o.Agent.MessagesPerMinuteInAll = v, o => o.Agent.MessagesPerMinuteInAll),
        SettingForms.Duration("Agent:BudgetWait", "How long a turn waits at a budget that is used up, before it ends: 1m to 7d. Raised meanwhile, it goes on by itself.",
            AgentOptions.BudgetWaitRange.Min, AgentOptions.BudgetWaitRange.Max, (o, v) => o.Agent.BudgetWait = v, o => o.Agent.BudgetWait),
        SettingForms.List("Agent:FallbackModels", "The models that are asked in this order when one has no answer.", ModelsOptions.MaxEndpoints, _ => null, (o, v) => o.Models.Fallbacks = v, o => o.Models.Fallbacks),
        SettingForms.Decimal("Agent:Budgets:Person", "What one person's requests may cost on a day (UTC), in US dollars. Default: no limit.", 0, MaxBudget, (o, v) => o.Models.Budgets.Person = v, o => o.Models.Budgets.Person),
        SettingForms.Decimal("Agent:Budgets:Conversation", "What one conversation may cost on a day (UTC), in US dollars. Default: no limit.", 0, MaxBudget, (o, v) => o.Models.Budgets.Conversation = v, o => o.Models.Budgets.Conversation),
        SettingForms.Decimal("Agent:Budgets:Day", "What everybody together may cost on a day (UTC), in US dollars. Default: no limit.", 0, MaxBudget, (o, v) => o.Models.Budgets.Day = v, o => o.Models.Budgets.Day),
        SettingForms.Duration("Agent:KeepUsage", "How long each request to a model is kept with its tokens and its cost: 32d to 3650d.",
            ModelsOptions.KeepUsageRange.Min, ModelsOptions.KeepUsageRange.Max, (o, v) => o.Models.KeepUsage = v, o => o.Models.KeepUsage),
        SettingForms.Text("Agent:PricesFile", "A file with prices that is laid over the shipped ones (docs/models.md).", NotEmpty, (o, v) => o.Models.PricesFile = v, o => o.Models.PricesFile),
    ];

    private const decimal MaxPrice = 100_000;
    private const decimal MaxBudget = 1_000_000;

    private static string? NotEmpty(string value) => value.Length == 0 ? "must not be empty." : null;

    /// <summary>Makes the entry that a section begins, should it be one; what is wrong with its number otherwise.</summary>
    public static string? Begin(ChatOpsOptions options, string key)
    {
        var (pattern, index) = ListKey.Of(key);
        return pattern != $"{List}:{ListKey.Any}" || EntryAt(options, index) is not null ? null : TooMany;
    }

    // The form is made for the entry that the value is for; the one in the table is for the schema and the documentation.
    private static Setting OfEntry(string key, Func<ModelOptions, Setting> form)
    {
        var known = form(new ModelOptions());
        return known with
        {
            Key = Entry + key,
            Apply = (options, index, value) => EntryAt(options, index) is { } entry ? form(entry).Apply(options, "", value) : TooMany,
            Read = options => known.Read(options) is { } text and not "0" ? text : null,
        };
    }

    private static ModelOptions? EntryAt(ChatOpsOptions options, string index)
    {
        if (!int.TryParse(index.Length == 0 ? "0" : index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= ModelsOptions.MaxEndpoints) return null;
        while (options.Models.Endpoints.Count <= number) options.Models.Endpoints.Add(new ModelOptions());
        return options.Models.Endpoints[number];
    }
}

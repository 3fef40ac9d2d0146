using ChatOps.Configuration;

namespace ChatOps.Agent.Speech;

/// <summary>Options of voice notes (<c>Speech</c> in the configuration).</summary>
public sealed class SpeechOptions
{
    /// <summary>Limits of <see cref="MaxSeconds"/>.</summary>
    public static readonly (int Min, int Max) MaxSecondsRange = (1, 3600);

    /// <summary>Limits of <see cref="MaxBytes"/>.</summary>
    public static readonly (int Min, int Max) MaxBytesRange = (1024, 100 * 1024 * 1024);

    /// <summary>Who transcribes. Default: nobody.</summary>
    public SpeechProvider Provider { get; set; }

    /// <summary>The model; for Azure the deployment's name. Default: the provider's usual one.</summary>
    public string? Model { get; set; }

    /// <summary>The root of the service: <c>{BaseUrl}/audio/transcriptions</c>. Needed for Azure (<c>https://NAME.openai.azure.com/openai/v1</c>) and Local; default the provider's own.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>The key, or a reference to it. Needed for all but Local.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The longest voice note that is listened to, in seconds. 1 to 3600; default 300.</summary>
    public int MaxSeconds { get; set; } = 300;

    /// <summary>The largest, in bytes. 1 KiB to 100 MiB; default 20 MiB.</summary>
    public int MaxBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>Languages that are spoken here, as ISO 639-1 codes; a note in another one is answered and not acted on. Default: any.</summary>
    public IReadOnlyList<string> Languages { get; set; } = [];

    /// <summary>The language that the service is told to expect, as an ISO 639-1 code. It makes short notes surer, but a foreign one is then no longer recognised as such. Default: none.</summary>
    public string? LanguageHint { get; set; }

    /// <summary>How sure the service must be of the words, in percent. Below that nothing is acted on. 0 to 100; default 50.</summary>
    public int MinConfidence { get; set; } = 50;

    /// <summary>How long one transcription may take. 1 s to 10 min; default 1 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many voice notes are held in memory and transcribed at once; more wait. 1 to 64; default 4.</summary>
    public int MaxParallel { get; set; } = 4;

    /// <summary>Whether anybody transcribes.</summary>
    public bool IsConfigured => Provider != SpeechProvider.None;

    /// <summary>The address in force.</summary>
    internal Uri Address => At("/audio/transcriptions");

    /// <summary>Where the service lists its models.</summary>
    internal Uri ModelsAddress => At("/models");

    /// <summary>The model in force.</summary>
    internal string ModelInForce => Model ?? DefaultModel(Provider);

    /// <summary>Everything that is wrong; empty when nothing is.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems()
    {
        var problems = new List<ConfigurationProblem>();
        if (MaxSeconds < MaxSecondsRange.Min || MaxSeconds > MaxSecondsRange.Max) Add("MaxSeconds", $"it is {MaxSecondsRange.Min} to {MaxSecondsRange.Max} seconds.");
        if (MaxBytes < MaxBytesRange.Min || MaxBytes > MaxBytesRange.Max) Add("MaxBytes", $"it is {MaxBytesRange.Min} to {MaxBytesRange.Max} bytes.");
        if (MinConfidence is < 0 or > 100) Add("MinConfidence", "it is 0 to 100 percent.");
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(10)) Add("Timeout", "it is 1s to 10m.");
        if (MaxParallel is < 1 or > 64) Add("MaxParallel", "it is 1 to 64.");
        foreach (var language in Languages.Append(LanguageHint).OfType<string>().Where(l => LanguageNames.CodeOf(l) != l))
            Add("Languages", $"'{language}' is not a language code; write en, de, fr, …");
        if (IsConfigured) CheckService(Add);
        return problems;

        void Add(string key, string reason) => problems.Add(new("configuration", 0, "Speech:" + key, reason));
    }

    private Uri At(string path) => new((BaseUrl ?? DefaultBaseUrl(Provider) ?? throw new InvalidOperationException("Speech:BaseUrl is not set.")).TrimEnd('/') + path);

    private void CheckService(Action<string, string> add)
    {
        if (Provider == SpeechProvider.Azure && Model is null) add("Model", "name the deployment of the transcription model.");
        if (Provider != SpeechProvider.Local && string.IsNullOrEmpty(ApiKey)) add("ApiKey", "set it to a reference to the key, such as ${env:SPEECH_KEY}.");
        if (BaseUrl is null)
        {
            if (DefaultBaseUrl(Provider) is null) add("BaseUrl", $"{Provider} has no address of its own; set the root of the service, such as {Example(Provider)}.");
            return;
        }

        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Query.Length > 0 || address.UserInfo.Length > 0)
            add("BaseUrl", $"it is a root address such as {Example(Provider)}, without a question mark.");
        else if (address.Scheme == "http" && !address.IsLoopback && !string.IsNullOrEmpty(ApiKey))
            add("BaseUrl", "the key would travel unencrypted; use https, or a server on this machine.");
    }

    private static string Example(SpeechProvider provider) =>
        provider == SpeechProvider.Azure ? "https://NAME.openai.azure.com/openai/v1" : "http://127.0.0.1:8000/v1";

    private static string? DefaultBaseUrl(SpeechProvider provider) => provider switch
    {
        SpeechProvider.OpenAI => "https://api.openai.com/v1",
        SpeechProvider.Groq => "https://api.groq.com/openai/v1",
        _ => null,
    };

    // These tell how sure they are and which language they heard, which newer models do not.
    private static string DefaultModel(SpeechProvider provider) => provider == SpeechProvider.Groq ? "whisper-large-v3-turbo" : "whisper-1";
}

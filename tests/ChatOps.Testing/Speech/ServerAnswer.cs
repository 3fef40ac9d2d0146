namespace ChatOps.Testing.Speech;

/// <summary>What the server says to one request that passed its checks.</summary>
public sealed record ServerAnswer
{
    /// <summary>HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The words.</summary>
    public string Text { get; init; } = "";

    /// <summary>Language in the detailed form.</summary>
    public string Language { get; init; } = "english";

    /// <summary>Mean logarithm of the likelihood of the pieces.</summary>
    public double Likelihood { get; init; } = -0.2;

    /// <summary>How likely nobody spoke.</summary>
    public double NoSpeech { get; init; } = 0.01;

    /// <summary>Seconds of sound, as the server measured them.</summary>
    public double Seconds { get; init; } = 1.5;

    /// <summary>The body as it is, instead of one made from the words.</summary>
    public string? Raw { get; init; }

    /// <summary>The code of a refusal.</summary>
    public string Code { get; init; } = "server_error";

    /// <summary>Value of Retry-After; null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Takes the request and never answers.</summary>
    public bool Hangs { get; init; }

    /// <summary>Cuts the connection instead of answering.</summary>
    public bool Drops { get; init; }

    /// <summary>It heard this.</summary>
    public static ServerAnswer Says(string text) => new() { Text = text };

    /// <summary>It refuses.</summary>
    public static ServerAnswer Refuses(int status, string code = "server_error", string? retryAfter = null) => new() { Status = status, Code = code, RetryAfter = retryAfter };
}

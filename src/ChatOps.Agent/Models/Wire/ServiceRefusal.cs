using System.Text.Json;

namespace ChatOps.Agent.Models.Wire;

/// <summary>Turns a status and a body that is no answer into words for people. The service's own words are not repeated: they may hold a piece of the key or of the conversation.</summary>
internal static class ServiceRefusal
{
    private const int MaxCode = 60;

    private static readonly string[] ContextCodes = ["context_length_exceeded", "string_above_max_length"];

    /// <summary>The exception of a refusal.</summary>
    /// <param name="entry">Who refused.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="body">The body's beginning.</param>
    /// <param name="retryAfter">What the service asked for.</param>
    public static EndpointException Of(ModelOptions entry, int status, string body, TimeSpan? retryAfter)
    {
        var code = CodeOf(body);
        var who = $"The model '{entry.Name}'";
        return status switch
        {
            401 or 403 => new(ModelFailure.Rejected, $"{who} cannot be asked: {entry.Provider} refuses the key. Look at ApiKey of this model; `chatops doctor` checks it.") { Code = code },
            404 => new(ModelFailure.Refused, $"{who} cannot be asked: {entry.Provider} does not know '{entry.Model}' or the address. Look at Model and BaseUrl.") { Code = code },
            402 => Used(who, entry, code),
            429 when code is "insufficient_quota" or "billing_hard_limit_reached" => Used(who, entry, code),
            408 => new(ModelFailure.Unreachable, $"{who} took too long; {entry.Provider} gave up. Try again.") { CanRetry = true, IsIllness = true, Code = code },
            429 => new(ModelFailure.Overloaded, $"{who} is asked too often just now.{Wait(retryAfter)}") { CanRetry = true, RetryAfter = retryAfter, Code = code },
            503 or 529 => new(ModelFailure.Overloaded, $"{who} has too much to do just now ({status}).{Wait(retryAfter)}") { CanRetry = true, IsIllness = true, RetryAfter = retryAfter, Code = code },
            >= 500 => new(ModelFailure.Unreachable, $"{who} is down ({entry.Provider} answered {status}). Try again later; commands work without it.") { CanRetry = true, IsIllness = true, RetryAfter = retryAfter, Code = code },
            413 => TooLong(who, code),
            400 when ContextCodes.Contains(code) => TooLong(who, code),
            400 or 422 => new(ModelFailure.Refused, $"{who} cannot be asked like this: {entry.Provider} refuses the request ({status} {code}). Start afresh with /new, or look at MaxTokens, Temperature and Model of this model.") { Code = code },
            >= 300 and < 400 => new(ModelFailure.Unreachable, $"{who} cannot be asked: the address leads elsewhere ({status}), and the key is not sent there. Look at BaseUrl.") { Code = code },
            _ => new(ModelFailure.Malformed, $"{who} cannot be asked: {entry.Provider} answered {status}, which was not expected. Look at BaseUrl.") { Code = code },
        };
    }

    private static EndpointException TooLong(string who, string code) =>
        new(ModelFailure.Refused, $"The conversation is too long for {who[..1].ToLowerInvariant()}{who[1..]}. Start afresh with /new, or set ContextTokens of this model to what it really has.") { Code = code };

    private static EndpointException Used(string who, ModelOptions entry, string code) =>
        new(ModelFailure.Rejected, $"{who} cannot be asked: the account at {entry.Provider} is used up. Whoever pays for it can raise it there.") { Code = code };

    private static string Wait(TimeSpan? wait) => wait is { TotalSeconds: >= 1 } time ? $" It wants {time.TotalSeconds:0} s of rest; try again then." : " Try again in a moment.";

    private static string CodeOf(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
            {
                foreach (var name in (string[])["code", "type", "status"])
                {
                    if (error.TryGetProperty(name, out var code) && code.ValueKind == JsonValueKind.String && Clean(code.GetString()!) is { Length: > 0 } clean) return clean;
                }
            }
        }
        catch (JsonException)
        {
            // Not every server says why in JSON.
        }

        return "-";
    }

    private static string Clean(string code) => new([.. code.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-').Take(MaxCode)]);
}

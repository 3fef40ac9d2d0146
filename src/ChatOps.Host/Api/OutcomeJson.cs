using System.Text.Json;
using ChatOps.Tools;

namespace ChatOps.Host.Api;

/// <summary>An invocation's outcome as the HTTP API writes it.</summary>
internal static class OutcomeJson
{
    /// <summary>Writes the object.</summary>
    public static void Write(Utf8JsonWriter writer, InvocationOutcome outcome)
    {
        writer.WriteStartObject();
        writer.WriteString("invocation", outcome.InvocationId);
        writer.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(outcome.Status.ToString()));
        if (outcome.ApprovalId is { } approval) writer.WriteString("approval", approval);
        writer.WritePropertyName("result");
        if (outcome.Result is { } result) writer.WriteRawValue(result.DataJson);
        else writer.WriteNullValue();
        if (outcome.AuditId is { } audit) writer.WriteString("audit", audit);
        else writer.WriteNull("audit");
        writer.WriteString("summary", outcome.Summary);
        if (outcome.Failure != FailureCode.None) writer.WriteString("failure", JsonNamingPolicy.CamelCase.ConvertName(outcome.Failure.ToString()));
        if (outcome.Rule is { } rule) writer.WriteString("rule", rule);
        if (outcome.RetryAfter is { } wait) writer.WriteNumber("retryAfter", Math.Ceiling(wait.TotalSeconds));
        // Only the call that made it ever sees it: an outcome that is read from the store has none.
        if (outcome.Result?.OneTimeSecret is { } secret) writer.WriteString("secret", secret);
        if (outcome.Result is not null)
        {
            writer.WritePropertyName("message");
            JsonSerializer.Serialize(writer, outcome.Result.Message, Json.Options);
        }

        writer.WriteEndObject();
    }
}

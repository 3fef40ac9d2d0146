using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatOps.Schedules;

/// <summary>
/// The answer of a model that looks after something by itself: whether people are to be told, and what. It is an object of two members and nothing else; whatever is not
/// exactly that is no answer, so that no word of its form is ever read by people.
/// </summary>
/// <param name="Notify">Whether people are told.</param>
/// <param name="Text">What they read; empty when they are not told.</param>
public sealed partial record QuietAnswer(bool Notify, string Text)
{
    /// <summary>Longest text that is told.</summary>
    public const int MaxText = 4000;

    /// <summary>How a model is asked for it.</summary>
    public const string Form = """Answer with one JSON object and nothing before or behind it: {"notify": true, "text": "what people read"} when somebody should know something now, else {"notify": false, "text": ""}.""";

    /// <summary>Reads what a model wrote; null when it is not in the form.</summary>
    public static QuietAnswer? Read(string written)
    {
        try
        {
            using var document = JsonDocument.Parse(Unfenced(written.Trim()));
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root) return null;
            var members = root.EnumerateObject().ToList();
            if (members.Count != 2 || !root.TryGetProperty("notify", out var notify) || !root.TryGetProperty("text", out var value)) return null;
            if (notify.ValueKind is not (JsonValueKind.True or JsonValueKind.False) || value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)) return null;
            var text = value.GetString()?.Trim() ?? "";
            if (!notify.GetBoolean()) return new QuietAnswer(false, "");
            return text.Length is 0 or > MaxText || IsForm(text) ? null : new QuietAnswer(true, text);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // Not JSON, or a text of broken halves of characters.
            return null;
        }
    }

    /// <summary>Whether a text holds words of the form itself, as when a model quotes its own answer.</summary>
    public static bool IsForm(string text) => Control().IsMatch(text);

    // Models often fence JSON although they are told not to.
    private static string Unfenced(string text)
    {
        if (!text.StartsWith("```", StringComparison.Ordinal) || !text.EndsWith("```", StringComparison.Ordinal) || text.Length < 6) return text;
        var line = text.IndexOf('\n', StringComparison.Ordinal);
        return line < 0 || text[3..line].Trim() is not ("" or "json") ? text : text[(line + 1)..^3].Trim();
    }

    [GeneratedRegex(@"notify[\W_]*[:=][\W_]*(true|false)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Control();
}

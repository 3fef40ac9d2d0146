using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ChatOps.Mcp.Using;

/// <summary>
/// Holds a call's arguments against the whole schema that a server gives its tool. The schema is text from outside like everything else of the server's: the walk is bounded, references lead nowhere but
/// into the schema itself, and a pattern cannot run away. A keyword that is not known here is left to the server.
/// </summary>
internal sealed partial class ArgumentCheck
{
    /// <summary>Levels of schema and value together; a reference is a level too.</summary>
    public const int MaxDepth = 128;

    /// <summary>Parts of schema and value that one check looks at.</summary>
    public const int MaxLooks = 50_000;

    /// <summary>How many problems are told at once.</summary>
    private const int MaxProblems = 4;

    /// <summary>Characters of a name or a word of the schema that is told.</summary>
    private const int MaxShown = 60;

    private readonly JsonElement root;
    private int looks;
    private bool tooMuch;

    private ArgumentCheck(JsonElement root) => this.root = root;

    /// <summary>What is wrong with a value, in sentences; null when nothing is.</summary>
    /// <param name="root">The whole schema, in which references are looked up.</param>
    /// <param name="value">The value.</param>
    public static string? Problem(JsonElement root, JsonElement value) => Problem(root, root, value);

    /// <summary>What is wrong with a value, by a part of a schema.</summary>
    public static string? Problem(JsonElement root, JsonElement part, JsonElement value)
    {
        var check = new ArgumentCheck(root);
        List<string> problems;
        try
        {
            problems = check.Of(part, value, "", 0);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair can be written in JSON, and is no text.
            return "A text in it is no text.";
        }

        if (check.tooMuch) return "The server's schema leads too deep to be checked, so nothing is called.";
        return problems.Count == 0 ? null : string.Join(' ', problems.Take(MaxProblems).Select(OutsideAnswer.Line)) + (problems.Count > MaxProblems ? $" There are {problems.Count - MaxProblems} more." : "");
    }

    private List<string> Of(JsonElement schema, JsonElement value, string at, int depth)
    {
        if (++looks > MaxLooks || depth > MaxDepth) tooMuch = true;
        if (tooMuch) return [];
        if (schema.ValueKind == JsonValueKind.False) return [$"{Name(at)} is not allowed."];
        if (schema.ValueKind != JsonValueKind.Object) return [];
        // Of a value of the wrong kind there is nothing else to say.
        if (WrongKind(schema, value, at) is { } kind) return [kind];
        var problems = new List<string>();
        if (SchemaReference.Target(root, schema) is { } target) problems.AddRange(Of(target, value, at, depth + 1));
        if (OutsideChoices(schema, value, at) is { } choice) problems.Add(choice);
        problems.AddRange(value.ValueKind switch
        {
            JsonValueKind.String => Text(schema, value.GetString()!, at),
            JsonValueKind.Number => Number(schema, value, at),
            JsonValueKind.Array => List(schema, value, at, depth),
            JsonValueKind.Object => Object(schema, value, at, depth),
            _ => [],
        });
        Combined(schema, value, at, depth, problems);
        return problems;
    }

    private void Combined(JsonElement schema, JsonElement value, string at, int depth, List<string> problems)
    {
        foreach (var part in Schemas(schema, "allOf")) problems.AddRange(Of(part, value, at, depth + 1));
        OneOfSeveral(schema, "anyOf", value, at, depth, onlyOne: false, problems);
        OneOfSeveral(schema, "oneOf", value, at, depth, onlyOne: true, problems);
        if (schema.TryGetProperty("not", out var not) && Of(not, value, at, depth + 1).Count == 0) problems.Add($"{Name(at)} has a form that it must not have.");
        if (!schema.TryGetProperty("if", out var condition)) return;
        if (schema.TryGetProperty(Of(condition, value, at, depth + 1).Count == 0 ? "then" : "else", out var follows)) problems.AddRange(Of(follows, value, at, depth + 1));
    }

    private void OneOfSeveral(JsonElement schema, string keyword, JsonElement value, string at, int depth, bool onlyOne, List<string> problems)
    {
        var forms = Schemas(schema, keyword).Select(s => Of(s, value, at, depth + 1)).ToList();
        if (forms.Count == 0) return;
        var fit = forms.Count(f => f.Count == 0);
        if (fit == 0) problems.Add($"{Name(at)} has none of the {forms.Count} forms that it may have; of the nearest: {forms.MinBy(f => f.Count)![0]}");
        else if (fit > 1 && onlyOne) problems.Add($"{Name(at)} has {fit} forms of which it may have only one.");
    }

    private static string? WrongKind(JsonElement schema, JsonElement value, string at)
    {
        if (!schema.TryGetProperty("type", out var type)) return null;
        var kinds = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!).ToList()
            : type.ValueKind == JsonValueKind.String ? [type.GetString()!] : [];
        return kinds.Count == 0 || kinds.Exists(k => Is(value, k)) ? null : $"{Name(at)} must be {string.Join(" or ", kinds.Select(Kind))}, not {Kind(value)}.";
    }

    private static string? OutsideChoices(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value)) return $"{Name(at)} must be {Shown(only.GetRawText())}.";
        if (!schema.TryGetProperty("enum", out var choices) || choices.ValueKind != JsonValueKind.Array || choices.EnumerateArray().Any(c => JsonElement.DeepEquals(c, value))) return null;
        return $"{Name(at)} must be one of {string.Join(", ", choices.EnumerateArray().Take(12).Select(c => Shown(c.GetRawText())))}.";
    }

    private static List<JsonElement> Schemas(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var parts) && parts.ValueKind == JsonValueKind.Array ? [.. parts.EnumerateArray()] : [];

    private static bool Is(JsonElement value, string kind) => kind switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && IsWhole(value),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        // A kind that JSON does not have is the server's own affair.
        _ => true,
    };

    private static string Kind(string kind) => kind switch
    {
        "object" => "an object",
        "array" => "a list",
        "string" => "a text",
        "number" => "a number",
        "integer" => "a whole number",
        "boolean" => "true or false",
        "null" => "null",
        _ => Shown(kind),
    };

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => Shown(value.GetRawText()),
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private static string Name(string at) => at.Length == 0 ? "The whole of the arguments" : $"'{at}'";

    private static string In(string at, string name) => at.Length == 0 ? Shown(name) : $"{at}.{Shown(name)}";

    private static string In(string at, int index) => string.Create(CultureInfo.InvariantCulture, $"{at}[{index}]");

    private static string Shown(string text)
    {
        if (text.Length <= MaxShown) return text;
        var cut = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (cut.Length + rune.Utf16SequenceLength > MaxShown) break;
            cut.Append(rune);
        }

        return cut.Append('…').ToString();
    }
}

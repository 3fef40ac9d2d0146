using System.Text;
using System.Text.Json;
using ChatOps.Configuration;

namespace ChatOps.Host;

/// <summary>Reads a settings file into values with their lines. Comments and trailing commas are allowed: people write it.</summary>
internal static class SettingsFile
{
    /// <summary>The largest file that is read.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 16;

    private const string SchemaKey = "$schema";
    private const char ListSeparator = ',';

    /// <summary>Reads a file. What is wrong with its form goes to <paramref name="problems"/>; what its keys mean is not looked at here.</summary>
    public static IReadOnlyList<SettingValue> Read(string path, ICollection<ConfigurationProblem> problems)
    {
        byte[] bytes;
        try
        {
            var size = new FileInfo(path).Length;
            if (size > MaxBytes)
            {
                problems.Add(new(path, 0, "(file)", $"is {size} bytes long; the limit is {MaxBytes}."));
                return [];
            }

            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(path, 0, "(file)", $"cannot be read: {e.Message}"));
            return [];
        }

        var content = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes;
        return Parse(path, content, problems);
    }

    /// <summary>Reads the text of a file.</summary>
    public static IReadOnlyList<SettingValue> Parse(string path, ReadOnlySpan<byte> content, ICollection<ConfigurationProblem> problems)
    {
        var values = new List<SettingValue>();
        var reader = new Utf8JsonReader(content, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MaxDepth,
        });
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                problems.Add(new(path, LineOf(content, reader.TokenStartIndex), "(file)", "must be a JSON object: { … }."));
                return [];
            }

            ReadObject(ref reader, content, path, "", values, problems);
            while (reader.Read())
            {
                // Reading to the end finds what stands after the closing brace.
            }
        }
        catch (JsonException e)
        {
            var reason = e.Message.Split(" LineNumber:")[0];
            problems.Add(new(path, (int)(e.LineNumber ?? 0) + 1, "(file)", $"is not JSON: {reason}"));
        }

        return values;
    }

    private static void ReadObject(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> content, string path, string prefix, List<SettingValue> values, ICollection<ConfigurationProblem> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var line = LineOf(content, reader.TokenStartIndex);
            var key = prefix.Length == 0 ? name : $"{prefix}:{name}";
            if (!seen.Add(name)) problems.Add(new(path, line, key, "is written twice; keep one."));
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    values.Add(new(key, JsonValueKind.Object, "", path, line));
                    ReadObject(ref reader, content, path, key, values, problems);
                    break;
                case JsonTokenType.StartArray:
                    ReadList(ref reader, content, path, key, values, problems);
                    break;
                case JsonTokenType.String when prefix.Length == 0 && name == SchemaKey:
                    break;
                case JsonTokenType.String:
                    values.Add(new(key, JsonValueKind.String, reader.GetString()!, path, line));
                    break;
                case JsonTokenType.Number:
                    values.Add(new(key, JsonValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan), path, line));
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    values.Add(new(key, JsonValueKind.True, reader.TokenType == JsonTokenType.True ? "true" : "false", path, line));
                    break;
                default:
                    values.Add(new(key, JsonValueKind.Null, "", path, line));
                    break;
            }
        }
    }

    // A list of texts is kept as one text; a list of sections as sections with numbers for names.
    private static void ReadList(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> content, string path, string key, List<SettingValue> values, ICollection<ConfigurationProblem> problems)
    {
        var line = LineOf(content, reader.TokenStartIndex);
        var at = values.Count;
        var items = new List<string>();
        var (sections, wrong) = (0, false);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                var entry = $"{key}:{sections++}";
                values.Add(new(entry, JsonValueKind.Object, "", path, LineOf(content, reader.TokenStartIndex)));
                ReadObject(ref reader, content, path, entry, values, problems);
                continue;
            }

            if (reader.TokenType == JsonTokenType.String && !reader.GetString()!.Contains(ListSeparator, StringComparison.Ordinal)) items.Add(reader.GetString()!);
            else wrong = true;
            reader.Skip();
        }

        if (wrong || sections > 0 && items.Count > 0) problems.Add(new(path, line, key, sections > 0 ? "must be a list of sections: [ { … } ]." : "must be a list of texts without commas."));
        values.Insert(at, new(key, JsonValueKind.Array, string.Join(ListSeparator, items), path, line));
    }

    private static int LineOf(ReadOnlySpan<byte> content, long index) => content[..(int)index].Count((byte)'\n') + 1;
}

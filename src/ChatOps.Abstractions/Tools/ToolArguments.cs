using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatOps.Tools;

/// <summary>Validated arguments in canonical text form, sorted by name. Equal arguments have equal <see cref="Json"/>.</summary>
public sealed class ToolArguments
{
    private static readonly JsonWriterOptions Canonical = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, string> values;

    private ToolArguments(SortedDictionary<string, string> values)
    {
        this.values = values;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Canonical))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in values) writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        Json = Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The canonical JSON object: names sorted, values as text.</summary>
    public string Json { get; }

    /// <summary>All values.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>Checks raw values against a manifest and makes them canonical.</summary>
    /// <param name="manifest">The tool.</param>
    /// <param name="raw">Names and values as given.</param>
    /// <param name="arguments">The result.</param>
    /// <param name="error">Every problem in one sentence each, for people.</param>
    public static bool TryBind(
        ToolManifest manifest, IReadOnlyDictionary<string, string> raw, [NotNullWhen(true)] out ToolArguments? arguments, [NotNullWhen(false)] out string? error)
    {
        var problems = new List<string>();
        var bound = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in raw)
        {
            var parameter = manifest.Parameters.FirstOrDefault(p => p.Name == name);
            if (parameter is null)
            {
                var near = Configuration.NearestName.Of(name, manifest.Parameters.Select(p => p.Name));
                problems.Add($"'{name}' is not a parameter of {manifest.Name}" + (near is null ? "." : $"; did you mean '{near}'?"));
            }
            else if (ArgumentText.TryCanonical(parameter, value, out var canonical, out var problem))
            {
                bound[name] = canonical;
            }
            else
            {
                problems.Add(problem);
            }
        }

        foreach (var parameter in manifest.Parameters)
        {
            if (bound.ContainsKey(parameter.Name) || raw.ContainsKey(parameter.Name)) continue;
            if (parameter.Default is not null) bound[parameter.Name] = parameter.Default;
            else if (parameter.Required) problems.Add($"'{parameter.Name}' is missing: {parameter.Description}");
        }

        error = problems.Count == 0 ? null : string.Join(" ", problems);
        arguments = problems.Count == 0 ? new ToolArguments(bound) : null;
        return problems.Count == 0;
    }

    /// <summary>Reads canonical JSON that was stored by us.</summary>
    /// <exception cref="JsonException">It is not a flat object of strings.</exception>
    public static ToolArguments FromJson(string json) =>
        new(new SortedDictionary<string, string>(JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [], StringComparer.Ordinal));

    /// <summary>A value, or null when not given.</summary>
    public string? Text(string name) => values.GetValueOrDefault(name);

    /// <summary>A required value.</summary>
    public string Required(string name) => values[name];

    /// <summary>A flag; absent is false.</summary>
    public bool Flag(string name) => values.GetValueOrDefault(name) == "true";

    /// <summary>A whole number, or null.</summary>
    public long? Number(string name) => values.TryGetValue(name, out var v) ? long.Parse(v, CultureInfo.InvariantCulture) : null;

    /// <summary>A duration, or null.</summary>
    public TimeSpan? Duration(string name) => values.TryGetValue(name, out var v) && ArgumentText.TryDuration(v, out var d) ? d : null;
}

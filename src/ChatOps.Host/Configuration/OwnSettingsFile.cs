using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Tools;

namespace ChatOps.Host;

/// <summary>Writes <see cref="OwnSettings"/>: plain values into <c>settings.json</c>, secrets into files of their own under <c>secrets/</c>.</summary>
/// <param name="dataDirectory">The data directory; made when it is missing.</param>
internal sealed class OwnSettingsFile(string dataDirectory)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    private readonly Dictionary<string, JsonNode> values = new(StringComparer.Ordinal);

    /// <summary>Where it is written.</summary>
    public string File => OwnSettings.PathIn(dataDirectory);

    /// <summary>Sets a flag.</summary>
    public void Set(string key, bool value) => values[key] = value;

    /// <summary>Sets a text.</summary>
    public void Set(string key, string value) => values[key] = value;

    /// <summary>Keeps a secret in a file of its own and sets the reference to it.</summary>
    /// <returns>The secret's file.</returns>
    public string SetSecret(string key, string secret)
    {
        var directory = MakePrivate(Path.Combine(MakePrivate(dataDirectory), "secrets"));
        var path = Path.Combine(directory, key.Replace(':', '-').ToLowerInvariant());
        PrivateFile.Replace(path, stream => stream.Write(Encoding.UTF8.GetBytes(secret + "\n")));
        values[key] = $"${{file:{path}}}";
        return path;
    }

    /// <summary>Writes what was set over what the file held before.</summary>
    /// <exception cref="JsonException">The file that is there is no JSON object.</exception>
    public void Save()
    {
        MakePrivate(dataDirectory);
        var root = System.IO.File.Exists(File) ? JsonNode.Parse(System.IO.File.ReadAllText(File)) as JsonObject ?? throw new JsonException($"{File} is not a JSON object.") : [];
        foreach (var (key, value) in values) Put(root, key.Split(':'), value);
        PrivateFile.Replace(File, stream => stream.Write(Encoding.UTF8.GetBytes(root.ToJsonString(Indented) + "\n")));
    }

    // A number in a key is the place in a list.
    private static void Put(JsonNode section, ReadOnlySpan<string> path, JsonNode value)
    {
        if (path is [var name])
        {
            Set(section, name, value.DeepClone());
            return;
        }

        var isList = int.TryParse(path[1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        var inner = Get(section, path[0]);
        if (isList ? inner is not JsonArray : inner is not JsonObject) Set(section, path[0], inner = isList ? new JsonArray() : new JsonObject());
        Put(inner!, path[1..], value);
    }

    private static JsonNode? Get(JsonNode section, string name) =>
        section is JsonArray list ? Place(name) is var i && i < list.Count ? list[i] : null : section[name];

    private static void Set(JsonNode section, string name, JsonNode value)
    {
        if (section is not JsonArray list) section[name] = value;
        else if (Place(name) is var i && i < list.Count) list[i] = value;
        else list.Add(value);
    }

    private static int Place(string name) => int.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string MakePrivate(string directory) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(directory).FullName : Directory.CreateDirectory(directory, OwnerOnly).FullName;
}

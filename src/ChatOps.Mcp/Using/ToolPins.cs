using System.Text.Json;

namespace ChatOps.Mcp.Using;

/// <summary>
/// Which definitions may be used: those of a server's first connection in which the scan finds nothing, and those that a person accepted. Everything else is off until
/// somebody looks at it. A file that cannot be read pins nothing and is not written over.
/// </summary>
internal sealed class ToolPins
{
    private const string FileName = "mcp.lock.json";
    private const string FirstConnection = "first connection";
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly Lock writing = new();
    private readonly string file;
    private readonly TimeProvider time;
    private readonly Dictionary<string, Dictionary<string, ToolPin>> servers = new(StringComparer.Ordinal);
    private readonly string? problem;

    /// <summary>Reads them.</summary>
    public ToolPins(string dataDirectory, TimeProvider time)
    {
        this.time = time;
        file = Path.Combine(dataDirectory, FileName);
        try
        {
            if (File.Exists(file)) servers = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, ToolPin>>>(File.ReadAllText(file), Format) ?? servers;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            problem = $"{file} cannot be read; what was accepted is not known. Mend or remove it, and start again.";
        }
    }

    /// <summary>Why nothing is known of what was accepted; null when it is known.</summary>
    public string? Problem => problem;

    /// <summary>How many definitions of a server's tools were accepted.</summary>
    public int Count(string server)
    {
        lock (writing) return servers.TryGetValue(server, out var pins) ? pins.Count : 0;
    }

    /// <summary>Why each of a server's tools is off now; null for those in use.</summary>
    public IReadOnlyDictionary<string, string?> Look(string server, IReadOnlyList<(string Name, string Hash, bool Found)> tools)
    {
        lock (writing)
        {
            if (problem is not null) return tools.ToDictionary(t => t.Name, string? (_) => problem);
            var first = !servers.TryGetValue(server, out var pins);
            if (first)
            {
                pins = tools.Where(t => !t.Found).ToDictionary(t => t.Name, t => new ToolPin(t.Hash, FirstConnection, time.GetUtcNow()));
                servers[server] = pins;
                Write();
            }

            return tools.ToDictionary(t => t.Name, t => WhyNot(pins!.GetValueOrDefault(t.Name), t, first));
        }
    }

    /// <summary>Accepts a definition.</summary>
    public bool Accept(string server, string name, string hash, string by)
    {
        lock (writing)
        {
            if (problem is not null || !servers.TryGetValue(server, out var pins)) return false;
            pins[name] = new ToolPin(hash, by, time.GetUtcNow());
            Write();
            return true;
        }
    }

    private static string? WhyNot(ToolPin? pin, (string Name, string Hash, bool Found) tool, bool first) =>
        pin?.Hash == tool.Hash ? null
        : $"{(pin is not null ? "its definition has changed since it was accepted" : tool.Found ? "the scan found something in its definition" : first ? "it is not accepted" : "it is new")}; 'mcp review {tool.Name}' shows and accepts it.";

    private void Write()
    {
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(servers, Format) + "\n");
        File.Move(file + ".new", file, overwrite: true);
    }
}

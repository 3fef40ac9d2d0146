using System.Text.Json;
using ChatOps.Tools;

namespace ChatOps.Host;

/// <summary><c>gateway.json</c> in the data directory, readable by the owner alone.</summary>
/// <param name="dataDirectory">The data directory.</param>
internal sealed class GatewayRecordFile(string dataDirectory)
{
    /// <summary>Its path.</summary>
    public string File { get; } = Path.Combine(dataDirectory, "gateway.json");

    /// <summary>Writes it whole or not at all.</summary>
    public void Write(GatewayRecord record) => PrivateFile.Replace(File, stream => JsonSerializer.Serialize(stream, record, Json.Options));

    /// <summary>Reads it; null when there is none or it cannot be understood.</summary>
    public GatewayRecord? Read()
    {
        try
        {
            return Json.Read<GatewayRecord>(System.IO.File.ReadAllText(File));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Removes it when it is this process's.</summary>
    public void Remove()
    {
        if (Read()?.Pid != Environment.ProcessId) return;
        try
        {
            System.IO.File.Delete(File);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The data directory is gone or read-only; a reader checks the process anyway.
        }
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Tools;

namespace ChatOps.Host.Backups;

/// <summary>
/// Where the store is belongs to the place, not to the backup: a backup of a server's store may become a file here, and the other way round. Of <c>settings.json</c> that section
/// stays as it was in this place, or is left to the other settings when there was none.
/// </summary>
internal static class StoreSection
{
    private const string Section = "Store";
    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    /// <summary>Takes the section of what was in place into what comes there.</summary>
    /// <exception cref="BackupRefusedException">One of the two is no JSON object.</exception>
    public static void Keep(string place, string restored)
    {
        var (mine, theirs) = (Read(place), Read(restored));
        var section = mine?[Section]?.DeepClone();
        if (theirs?.ContainsKey(Section) != true && section is null) return;
        theirs ??= [];
        theirs.Remove(Section);
        if (section is not null) theirs[Section] = section;
        PrivateFile.Replace(OwnSettings.PathIn(restored), stream => stream.Write(Encoding.UTF8.GetBytes(theirs.ToJsonString(Indented) + "\n")));
    }

    private static JsonObject? Read(string directory)
    {
        if (OwnSettings.Find(directory) is not { } file) return null;
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? throw new JsonException("it is no object");
        }
        catch (JsonException e)
        {
            throw new BackupRefusedException($"{file} cannot be read: {e.Message} Correct or remove it. Nothing was restored.", e);
        }
    }
}

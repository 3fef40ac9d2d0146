using System.Reflection;
using System.Text.Json;
using ChatOps.Agent.Models.Providers;

namespace ChatOps.Agent.Models.Costs;

/// <summary>What models cost: the shipped list, a file of the operator's laid over it, and an entry's own prices over both.</summary>
internal sealed class PriceList
{
    private const string Shipped = "ChatOps.Agent.Models.Costs.prices.json";

    private readonly IReadOnlyList<PricesFile> files;

    private PriceList(IReadOnlyList<PricesFile> files) => this.files = files;

    /// <summary>The day on which the newest file was true.</summary>
    public DateOnly Date => files.Max(f => f.Date);

    /// <summary>Loads the shipped list and a file over it.</summary>
    /// <returns>The list, and what is wrong with the file; then the list is the shipped one.</returns>
    public static (PriceList Prices, string? Problem) Load(string? path)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Shipped) ?? throw new InvalidOperationException($"{Shipped} is missing.");
        var shipped = JsonSerializer.Deserialize(stream, PricesJson.Default.PricesFile) ?? throw new InvalidOperationException($"{Shipped} is empty.");
        if (path is null) return (new PriceList([shipped]), null);
        try
        {
            var own = JsonSerializer.Deserialize(File.ReadAllBytes(path), PricesJson.Default.PricesFile);
            if (own is null) return (new PriceList([shipped]), $"{path} is empty.");
            if (own.Models.Any(m => m.Value.Input < 0 || m.Value.Output < 0 || m.Value.CachedInput < 0)) return (new PriceList([shipped]), $"{path} has a price below 0.");
            return (new PriceList([own, shipped]), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (new PriceList([shipped]), $"{path} cannot be read: {e.Message}");
        }
        catch (JsonException e)
        {
            return (new PriceList([shipped]), $"{path}: line {(e.LineNumber ?? 0) + 1} is not as expected: {{\"date\": \"2026-01-31\", \"models\": {{\"provider/model\": {{\"input\": 1.0, \"output\": 2.0}}}}}}.");
        }
    }

    /// <summary>The price of an entry; null when nobody knows it.</summary>
    public ModelPrice? Of(ModelOptions entry)
    {
        if (entry.Prices is { Input: { } input, Output: { } output }) return new(input, output, entry.Prices.CachedInput);
        var key = $"{entry.Provider.ToLowerInvariant()}/{entry.Model}";
        return files.Select(f => Find(f, key)).FirstOrDefault(p => p is not null) ?? (ModelPresets.Find(entry.Provider) is { IsFree: true } ? ModelPrice.Free : null);
    }

    // A dated version (gpt-4.1-2025-04-14) costs what its family costs, unless it is listed itself.
    private static ModelPrice? Find(PricesFile file, string key)
    {
        if (file.Models.TryGetValue(key, out var price)) return price;
        var family = file.Models.Keys.Where(k => key.StartsWith(k + "-20", StringComparison.OrdinalIgnoreCase)).MaxBy(k => k.Length);
        return family is null ? null : file.Models[family];
    }
}

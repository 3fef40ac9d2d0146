using System.Collections.Frozen;
using System.Security.Cryptography;

namespace ChatOps.Console.Assets;

/// <summary>The console's own scripts, style sheet and icon, held in the assembly. Addresses contain a hash of them all, so browsers may keep them for ever.</summary>
internal sealed class AssetStore
{
    public const string Prefix = "/assets/";
    private const int HashDigits = 12;
    private readonly FrozenDictionary<string, Asset> assets;

    public AssetStore()
    {
        var assembly = typeof(AssetStore).Assembly;
        var found = new Dictionary<string, Asset>();
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            all.AppendData(content);
            found[resource[Prefix.Length..]] = new Asset(content, TypeOf(resource), $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..HashDigits]}\"");
        }

        assets = found.ToFrozenDictionary();
        Root = Prefix + Convert.ToHexStringLower(all.GetHashAndReset())[..HashDigits];
    }

    /// <summary>The folder of this version, without a slash at the end.</summary>
    public string Root { get; }

    public IEnumerable<Asset> All => assets.Values;

    public Asset? Find(string name) => assets.GetValueOrDefault(name);

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"The console has no content type for '{other}' files."),
    };
}

namespace ChatOps.Storage.Migrations;

/// <summary>One step of the schema.</summary>
/// <param name="Version">1, 2, 3, … without gaps.</param>
/// <param name="Name">What it brings.</param>
/// <param name="Sql">The statements.</param>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>The embedded steps of a provider, in order.</summary>
    /// <param name="provider">The folder's name, such as <c>Sqlite</c>.</param>
    public static IReadOnlyList<Migration> Load(string provider)
    {
        var assembly = typeof(Migration).Assembly;
        var prefix = $"{typeof(Migration).Namespace}.{provider}.";
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith(".sql", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select((name, index) => Read(assembly, name, prefix.Length, index + 1)),
        ];
    }

    private static Migration Read(System.Reflection.Assembly assembly, string resource, int prefix, int expected)
    {
        var file = Path.GetFileNameWithoutExtension(resource[prefix..]);
        var version = int.Parse(file.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);
        if (version != expected) throw new InvalidOperationException($"Migration {expected:0000} is missing before {file}.");
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(version, file[5..], reader.ReadToEnd());
    }
}

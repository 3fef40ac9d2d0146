namespace ChatOps.Identity.Yaml;

/// <summary>A list.</summary>
internal sealed record YamlList(int Line, IReadOnlyList<YamlElement> Items) : YamlElement(Line);

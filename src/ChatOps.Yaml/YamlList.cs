namespace ChatOps.Yaml;

/// <summary>A list.</summary>
/// <param name="Line">Where it starts.</param>
/// <param name="Items">What is in it.</param>
public sealed record YamlList(int Line, IReadOnlyList<YamlElement> Items) : YamlElement(Line);

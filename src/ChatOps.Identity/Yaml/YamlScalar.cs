namespace ChatOps.Identity.Yaml;

/// <summary>A text. All scalars are texts here; <paramref name="IsNull"/> marks one left empty (<c>key:</c> or <c>key: ~</c>).</summary>
internal sealed record YamlScalar(int Line, string Text, bool IsNull) : YamlElement(Line);

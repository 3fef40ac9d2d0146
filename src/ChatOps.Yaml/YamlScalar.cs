namespace ChatOps.Yaml;

/// <summary>A text. All scalars are texts here, as they were written.</summary>
/// <param name="Line">Where it starts.</param>
/// <param name="Text">The text.</param>
/// <param name="IsNull">Whether it was left empty: <c>key:</c>, <c>key: ~</c> or <c>key: null</c>.</param>
public sealed record YamlScalar(int Line, string Text, bool IsNull) : YamlElement(Line);

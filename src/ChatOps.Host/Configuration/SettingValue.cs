using System.Text.Json;

namespace ChatOps.Host;

/// <summary>A value as somebody wrote it.</summary>
/// <param name="Key">Path with colons.</param>
/// <param name="Form">JSON's kind of value; <see cref="JsonValueKind.Undefined"/> from the environment, where everything is text.</param>
/// <param name="Text">The value as text; for objects and arrays empty.</param>
/// <param name="Source">The file, or <c>environment</c>.</param>
/// <param name="Line">1-based; 0 when the source has no lines.</param>
internal sealed record SettingValue(string Key, JsonValueKind Form, string Text, string Source, int Line);

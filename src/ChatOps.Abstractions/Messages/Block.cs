using System.Text.Json.Serialization;

namespace ChatOps.Messages;

/// <summary>A piece of a <see cref="RichMessage"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "block")]
[JsonDerivedType(typeof(TextBlock), "text")]
[JsonDerivedType(typeof(CodeBlock), "code")]
[JsonDerivedType(typeof(FieldsBlock), "fields")]
[JsonDerivedType(typeof(TableBlock), "table")]
[JsonDerivedType(typeof(ProgressBlock), "progress")]
[JsonDerivedType(typeof(FileBlock), "file")]
[JsonDerivedType(typeof(CardBlock), "card")]
[JsonDerivedType(typeof(ActionsBlock), "actions")]
[JsonDerivedType(typeof(PageBlock), "page")]
public abstract record Block;

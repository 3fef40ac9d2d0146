// Only these: the namespace has a reader of restricted Markdown for plain surfaces too, and the console has its own.
global using InertText = ChatOps.Rendering.InertText;
global using SpanText = ChatOps.Rendering.SpanText;

namespace ChatOps.Testing.Channels;

/// <summary>A message as a person sees it on the platform now.</summary>
/// <param name="PlatformId">The platform's id.</param>
/// <param name="Text">What can be read.</param>
/// <param name="Tokens">The tokens of its buttons.</param>
public sealed record SeenMessage(string PlatformId, string Text, IReadOnlyList<string> Tokens);

namespace ChatOps.Console.Access;

/// <summary>Somebody lets a stranger in, or does not.</summary>
internal sealed record PairPost(string? Code, string? Role, string? Person);

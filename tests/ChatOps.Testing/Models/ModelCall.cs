namespace ChatOps.Testing.Models;

/// <summary>A call of a tool in a script.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">Its arguments as text; what is no JSON is sent as it is.</param>
/// <param name="Id">The call's id; null for one of the server's.</param>
public sealed record ModelCall(string Name, string Arguments, string? Id = null);

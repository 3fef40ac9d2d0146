using ChatOps.Identity;

namespace ChatOps.Mcp.Serving;

/// <summary>Who speaks: looked up by the credential of this very request.</summary>
/// <param name="Actor">Through which identity; the gate resolves the principal from it at every call.</param>
/// <param name="Principal">The principal's id.</param>
/// <param name="TokenHash">The hash of the credential: a session belongs to it.</param>
internal sealed record McpCaller(Actor Actor, string Principal, string TokenHash);

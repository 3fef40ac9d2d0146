using ChatOps.Diagnostics;

namespace ChatOps.Outside;

/// <summary>Something that a look at the set-up of an MCP server found.</summary>
/// <param name="Id">Stable id: <c>mcp.github.program</c>.</param>
/// <param name="State">Ok for a fact worth saying, Degraded when something is missing, Failed when the server cannot work.</param>
/// <param name="Text">What is so, for people; no secret.</param>
/// <param name="Remedy">What to do; empty when nothing.</param>
public sealed record OutsideFinding(string Id, PartState State, string Text, string Remedy = "");

using ChatOps.Diagnostics;

namespace ChatOps.Models;

/// <summary>What the check of a model's endpoint found.</summary>
/// <param name="Id">Stable id: <c>model.key</c>.</param>
/// <param name="State">Whether it works.</param>
/// <param name="Text">What is so.</param>
/// <param name="Remedy">What to do; empty when nothing.</param>
public sealed record ModelFinding(string Id, PartState State, string Text, string Remedy = "");

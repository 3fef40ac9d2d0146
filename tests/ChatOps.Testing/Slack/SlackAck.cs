using System.Text.Json.Nodes;

namespace ChatOps.Testing.Slack;

/// <summary>What became of an envelope.</summary>
/// <param name="Acknowledged">Whether it was acknowledged in time.</param>
/// <param name="Payload">What came with it.</param>
/// <param name="Attempts">How often it was delivered.</param>
/// <param name="Took">From the last delivery to its acknowledgement.</param>
public sealed record SlackAck(bool Acknowledged, JsonObject? Payload, int Attempts, TimeSpan Took);

using ChatOps.Policy;

namespace ChatOps.Messages;

/// <summary>The frame of an approval card; the blocks after it belong to it. Channels give it their most prominent native form.</summary>
/// <param name="ApprovalId">The approval's short id.</param>
/// <param name="Title">First line: action and scope, plain text.</param>
/// <param name="State">State word: <c>pending</c>, <c>approved</c>, <c>running</c>, <c>succeeded</c>, …</param>
/// <param name="Risk">Badge.</param>
public sealed record CardBlock(string ApprovalId, string Title, string State, Risk Risk) : Block;

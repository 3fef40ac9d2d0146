using ChatOps.Identity.Roles;

namespace ChatOps.Identity.Files;

/// <summary>What is in force: both documents and what they make together.</summary>
internal sealed record AccessVersion(AccessDocument Workspace, AccessDocument Data, AccessSnapshot Snapshot);

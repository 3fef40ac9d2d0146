using ChatOps.Fleet;

namespace ChatOps.Identity.Files;

/// <summary>One line under a role's <c>allow</c> or <c>deny</c>.</summary>
/// <param name="Tool">A tool, a group of tools, or <c>*</c>.</param>
/// <param name="On">The nodes.</param>
/// <param name="Line">Where; 0 for built-in.</param>
internal sealed record PermissionEntry(string Tool, Selector On, int Line);

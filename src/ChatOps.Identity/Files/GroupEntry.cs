using ChatOps.Fleet;

namespace ChatOps.Identity.Files;

/// <summary>A named group of nodes in an access.yaml.</summary>
internal sealed record GroupEntry(string Name, Selector On, int Line);

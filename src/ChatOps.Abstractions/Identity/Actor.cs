namespace ChatOps.Identity;

/// <summary>Who a platform says is speaking. Identity is channel, tenant and immutable id; the display name is only for display.</summary>
/// <param name="Channel">Channel name: <c>web</c>, <c>telegram</c>, <c>cli</c>, <c>api</c>, …</param>
/// <param name="Tenant">Workspace or bot within the channel; empty where the channel has one.</param>
/// <param name="UserId">The platform's immutable user id.</param>
/// <param name="DisplayName">As shown at the time; never compared.</param>
public sealed record Actor(string Channel, string Tenant, string UserId, string? DisplayName = null)
{
    /// <summary>The identity as written in access.yaml: <c>channel:id</c> or <c>channel:tenant:id</c>.</summary>
    public string Key => Tenant.Length == 0 ? $"{Channel}:{UserId}" : $"{Channel}:{Tenant}:{UserId}";
}

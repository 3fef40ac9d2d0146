using ChatOps.Identity;

namespace ChatOps.Tools.Gate;

/// <summary>Reads an identity back from its key.</summary>
internal static class ActorKey
{
    public static Actor Parse(string key) => key.Split(':', 3) switch
    {
        [var channel, var tenant, var user] => new(channel, tenant, user),
        [var channel, var user] => new(channel, "", user),
        _ => new(key, "", ""),
    };
}

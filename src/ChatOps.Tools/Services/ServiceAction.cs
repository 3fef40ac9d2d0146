using ChatOps.Tools.Machines;

namespace ChatOps.Tools.Services;

/// <summary>The actions, and what they are for each service manager.</summary>
internal static class ServiceAction
{
    public const string Status = "status";

    /// <summary>Those that change something.</summary>
    public static readonly IReadOnlyList<string> Changes = ["start", "stop", "restart", "reload", "enable", "disable"];

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> Names = [Status, .. Changes];

    // Without these nobody reaches the machine any more, or this very order is lost half way.
    private static readonly string[] Lifelines =
    [
        "ssh", "sshd", "ssh.socket", "dropbear", "networking", "network", "NetworkManager", "systemd-networkd", "systemd-resolved", "dhcpcd", "wpa_supplicant", "net.*", "dbus", "dbus-broker", "firewalld",
        "nftables", "iptables", "ufw", "wg-quick@*", "tailscaled", "openvpn*", "systemd-logind", "systemd-udevd", "systemd-journald", "chatops-node*", "chatops*",
    ];

    /// <summary>The command of systemd.</summary>
    public static NodeCommand Systemd(string action, string name) =>
        action == Status ? NodeCommand.Of("systemctl", Status, "--no-pager", "--full", "--lines=10", "--", name) : NodeCommand.Of("systemctl", action, "--", name);

    /// <summary>What OpenRC has for it.</summary>
    public static NodeCommand OpenRc(string action, string name) => action switch
    {
        "enable" => NodeCommand.Of("rc-update", "add", name, "default"),
        "disable" => NodeCommand.Of("rc-update", "del", name, "default"),
        _ => NodeCommand.Of("rc-service", name, action),
    };

    /// <summary>What init scripts have for it.</summary>
    public static NodeCommand InitScript(string action, string name) =>
        action is "enable" or "disable" ? NodeCommand.Of("update-rc.d", name, action) : NodeCommand.Of("service", name, action);

    /// <summary>What systemd knows of a service.</summary>
    public static NodeCommand Show(string name) =>
        NodeCommand.Of("systemctl", "show", "-p", "LoadState", "-p", "ActiveState", "-p", "SubState", "-p", "UnitFileState", "-p", "Type", "-p", "Result", "-p", "MainPID", "--", name);

    /// <summary>Whether a machine may be out of reach without this service.</summary>
    public static bool IsLifeline(string name)
    {
        var bare = name.EndsWith(".service", StringComparison.Ordinal) ? name[..^".service".Length] : name;
        return Lifelines.Any(l => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(l, bare, ignoreCase: false));
    }
}

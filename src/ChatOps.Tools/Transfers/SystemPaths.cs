using System.IO.Enumeration;

namespace ChatOps.Tools.Transfers;

/// <summary>Places whose files decide what a machine is and who may enter it.</summary>
internal static class SystemPaths
{
    private static readonly string[] Never = ["/dev/*", "/proc/*", "/sys/*"];

    private static readonly string[] Dangerous =
    [
        "/bin/*", "/sbin/*", "/lib*", "/usr/*", "/boot/*", "/root/*", "/etc/passwd*", "/etc/shadow*", "/etc/group*", "/etc/gshadow*", "/etc/sudo*", "/etc/ssh/*", "/etc/pam*", "/etc/security/*", "/etc/ld.so*",
        "/etc/cron*", "/etc/anacrontab", "/etc/systemd/*", "/etc/init*", "/etc/rc*", "/etc/profile*", "/etc/bash*", "/etc/environment", "/etc/fstab", "/etc/crypttab", "/etc/hosts*", "/etc/resolv.conf",
        "/etc/nsswitch.conf", "/etc/network/*", "/etc/netplan/*", "/etc/sysctl*", "/etc/modprobe*", "/etc/modules*", "/etc/apt/*", "/etc/udev/*", "/etc/nftables*", "/etc/iptables/*", "/etc/ssl/*", "/etc/pki/*",
        "/etc/chatops*", "/var/spool/cron*", "/var/lib/chatops*", "*/.ssh/*", "*/authorized_keys*", "*/.profile", "*/.bashrc", "*/.bash_profile", "*/.zshrc", "*/.chatops*",
    ];

    /// <summary>What is no file on a disk.</summary>
    public static bool IsNever(string path) => Matches(Never, path);

    /// <summary>What takes a decision of its own every time.</summary>
    public static bool IsDangerous(string path) => Matches(Dangerous, path);

    private static bool Matches(string[] patterns, string path) => patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, path, ignoreCase: false));
}

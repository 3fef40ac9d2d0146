using ChatOps.Policy.Commands.Grammar;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>Writing over disks, by whatever program.</summary>
internal static class DeviceWipe
{
    private const string Rule = "disk-wipe";

    private static readonly string[] Disks =
        ["sd", "hd", "vd", "xvd", "nvme", "mmcblk", "dm-", "md", "loop", "mapper", "disk", "sr", "zram", "nbd", "bcache", "drbd", "ram", "mem", "kmem", "port", "vg", "rbd", "root"];

    private static readonly string[] Writers =
        ["wipefs", "blkdiscard", "shred", "mkswap", "mke2fs", "mkdosfs", "mkntfs", "sgdisk", "sfdisk", "parted", "badblocks", "tee", "cp", "mv", "truncate", "rm", "install", "fallocate", "scrub", "nwipe", "fdisk", "gdisk", "cfdisk", "hdparm", "nvme", "cryptsetup", "mdadm", "ddrescue", "dd", "dcfldd", "dc3dd", "ln", "rsync"];

    /// <summary>Null when no disk is written over.</summary>
    public static Verdict? Judge(string name, IReadOnlyList<ShellWord> words)
    {
        var formats = name == "mkfs" || name.StartsWith("mkfs.", StringComparison.Ordinal);
        if (!formats && Array.IndexOf(Writers, name) < 0) return null;
        for (var i = 1; i < words.Count; i++)
        {
            var text = words[i].Text;
            if (name is "dd" or "dcfldd" or "dc3dd")
            {
                if (!text.StartsWith("of=", StringComparison.Ordinal)) continue;
                text = text[3..];
            }

            if (Target(PathWord.Of(text, words[i].IsPattern).Resolve(null)) is not { } hit) continue;
            var harmless = name switch
            {
                // they take the device as their subject in reading forms too
                "parted" or "fdisk" or "gdisk" or "cfdisk" or "sgdisk" or "sfdisk" => words.Skip(1).Any(w => w.Text is "-l" or "--list" or "print" or "-p" or "-i" or "-d" or "--dump" or "-v" or "-J" or "--json" or "-F" or "--list-free"),
                "hdparm" => !words.Any(w => w.Text.StartsWith("--security", StringComparison.Ordinal) || w.Text.StartsWith("--trim", StringComparison.Ordinal) || w.Text.StartsWith("--write", StringComparison.Ordinal) || w.Text.StartsWith("--make-bad", StringComparison.Ordinal)),
                "nvme" => !words.Any(w => w.Text is "format" or "sanitize" or "write" or "write-zeroes" or "write-uncor" or "dsm" or "delete-ns"),
                "cryptsetup" => !words.Any(w => w.Text is "luksFormat" or "erase" or "luksErase" or "reencrypt"),
                "mdadm" => !words.Any(w => w.Text is "--zero-superblock" or "--create" or "-C"),
                "badblocks" => !words.Any(w => w.Text.StartsWith('-') && !w.Text.StartsWith("--", StringComparison.Ordinal) && w.Text.Contains('w', StringComparison.Ordinal)),
                "wipefs" => !words.Any(w => w.Text is "--all" or "--force" or "--offset" || (w.Text.StartsWith('-') && w.Text.AsSpan().IndexOfAny("aof") > 0)),
                // the last word is what they write
                "cp" or "install" or "rsync" or "ln" => i != words.Count - 1,
                _ => false,
            };
            if (!harmless) return hit;
        }

        return null;
    }

    /// <summary>Whether a path is a disk.</summary>
    public static Verdict? Target(PathWord path)
    {
        if (!path.IsAbsolute || path.Segments.Count < 2 || !GlobOverlap.CanBeSame(path.Segments[0], path.IsPattern, "dev")) return null;
        foreach (var disk in Disks)
        {
            if (GlobOverlap.CanBeSame(path.Segments[1], path.IsPattern, disk + "*"))
                return Verdict.Forbidden(Rule, $"it writes over the disk /{string.Join('/', path.Segments)}");
        }

        return null;
    }
}

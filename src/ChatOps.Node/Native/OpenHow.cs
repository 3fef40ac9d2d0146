using System.Runtime.InteropServices;

namespace ChatOps.Node.Native;

/// <summary><c>struct open_how</c> of openat2(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OpenHow
{
    /// <summary>No magic links of /proc.</summary>
    public const ulong NoMagicLinks = 0x02;

    /// <summary>Every step of the resolution stays below the directory.</summary>
    public const ulong Beneath = 0x08;

    public ulong Flags;
    public ulong Mode;
    public ulong Resolve;
}

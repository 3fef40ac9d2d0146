using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace ChatOps.Fleet.Frames;

/// <summary>The names of the frames, as <see cref="Frame"/> declares them.</summary>
internal static class FrameTypes
{
    /// <summary>All of them.</summary>
    public static FrozenSet<string> All { get; } =
        typeof(Frame).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => (string)a.TypeDiscriminator!).ToFrozenSet(StringComparer.Ordinal);
}

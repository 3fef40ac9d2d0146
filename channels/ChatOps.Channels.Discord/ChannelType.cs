namespace ChatOps.Channels.Discord;

/// <summary>Discord's channel types.</summary>
internal static class ChannelType
{
    public const int Direct = 1;
    public const int AnnouncementThread = 10;
    public const int PrivateThread = 12;

    /// <summary>Whether a channel is a thread.</summary>
    public static bool IsThread(int type) => type is >= AnnouncementThread and <= PrivateThread;
}

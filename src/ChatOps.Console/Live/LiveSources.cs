using ChatOps.Channels;
using ChatOps.Console.Authentication;
using ChatOps.Console.Chat;
using ChatOps.Storage;

namespace ChatOps.Console.Live;

/// <summary>Where live connections get what they push.</summary>
internal sealed record LiveSources(
    IStore Store, IWebChat Web, ChatReader Chats, LivePanes Panes, LiveFragments Fragments, Sessions Sessions, TimeProvider Time, ConsoleOptions Options);

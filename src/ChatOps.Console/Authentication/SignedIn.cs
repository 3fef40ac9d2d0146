using ChatOps.Identity;

namespace ChatOps.Console.Authentication;

/// <summary>Who is at the other end of a request, looked up for this request.</summary>
/// <param name="Principal">The person with the roles in force now.</param>
/// <param name="Actor">Their web identity.</param>
/// <param name="SessionHash">The session's key in the store.</param>
internal sealed record SignedIn(Principal Principal, Actor Actor, string SessionHash);

import { Outlet } from 'react-router';

export function Frame() {
  return (
    <div className="app">
      <main className="main">
        <Outlet />
      </main>
    </div>
  );
}

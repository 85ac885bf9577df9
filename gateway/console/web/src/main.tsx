// The console. Cryptography is fetched with the case page and not before; every page is a piece of its own.
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { LocationProvider, Route, Router, lazy } from 'preact-iso';

import { Problem } from './api/client';
import { speak, t, usual_language } from './i18n';
import { Login } from './pages/login';
import { look_who, me, watch_escape, watch_idleness, watch_leaving } from './state/login';
import { watch_news } from './state/news';
import './style/console.css';
import { Heading, Loading, ProblemNote } from './ui/parts';
import { Shell } from './ui/shell';

const Today = lazy(() => import('./pages/today'));
const Cases = lazy(() => import('./pages/cases'));
const Case = lazy(() => import('./pages/case'));
const Alerts = lazy(() => import('./pages/alerts'));
const OnCall = lazy(() => import('./pages/on_call'));
const Enter = lazy(() => import('./pages/enter'));
const Figures = lazy(() => import('./pages/figures'));
const Log = lazy(() => import('./pages/log'));
const Keys = lazy(() => import('./pages/keys'));
const Referrals = lazy(() => import('./pages/referrals'));
const Referred = lazy(() => import('./pages/referred'));
const Prompts = lazy(() => import('./pages/prompts'));
const Sites = lazy(() => import('./pages/sites'));
const People = lazy(() => import('./pages/people'));
const Logins = lazy(() => import('./pages/logins'));

const NotFound = () => <Heading>{t('not_found')}</Heading>;

const Pages = () => (
  <LocationProvider>
    <Shell>
      <Router>
        <Route path="/" component={Today} />
        <Route path="/cases" component={Cases} />
        <Route path="/cases/:id" component={Case} />
        <Route path="/alerts" component={Alerts} />
        <Route path="/on-call" component={OnCall} />
        <Route path="/enter" component={Enter} />
        <Route path="/figures" component={Figures} />
        <Route path="/log" component={Log} />
        <Route path="/keys" component={Keys} />
        <Route path="/referrals" component={Referrals} />
        <Route path="/referrals/:id" component={Referred} />
        <Route path="/people" component={People} />
        <Route path="/sites" component={Sites} />
        <Route path="/prompts" component={Prompts} />
        <Route path="/logins" component={Logins} />
        <Route default component={NotFound} />
      </Router>
    </Shell>
  </LocationProvider>
);

function Console() {
  const [silent, set_silent] = useState(false);
  const look = (): void => {
    set_silent(false);
    look_who().catch(() => set_silent(true));
  };
  useEffect(look, []);
  if (silent) {
    return (
      <main id="content" class="narrow">
        <ProblemNote problem={new Problem(0, '')} again={look} />
      </main>
    );
  }
  if (me.value === undefined) {
    return <Loading />;
  }
  return me.value === null ? <Login /> : <Pages />;
}

const root = document.getElementById('app');
const show = (): void => {
  if (root !== null) {
    render(<Console />, root);
  }
};

watch_idleness();
watch_escape();
watch_leaving();
watch_news();
// Without its words it stands in English.
speak(usual_language()).then(show, show);
